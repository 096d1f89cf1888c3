import { Text, View } from '@tarojs/components'
import type { Copy } from '../i18n/messages.ts'
import { Tap } from '../ui/pressable.tsx'

export interface NoteProps {
  readonly words: Copy
  /** Said aloud as it appears, for what the person did not expect. */
  readonly isTrouble?: boolean
  readonly deed?: string
  readonly onTap?: () => void
}

/** A page, or a part of one, that has nothing else to show: why, and what one can do. */
export function Note({ words, isTrouble = false, deed, onTap }: NoteProps) {
  return (
    <View className="card profile" ariaRole={isTrouble ? 'alert' : 'none'}>
      <View className="profile-avatar profile-nobody drawing-branch" />
      <Text className="type-title">{words.title}</Text>
      {words.body !== '' && <Text className="type-body soft profile-note">{words.body}</Text>}
      {deed !== undefined && onTap !== undefined && (
        <Tap className="button button-main" onTap={onTap}>
          {deed}
        </Tap>
      )}
    </View>
  )
}
