import { Text, View } from '@tarojs/components'
import type { Copy } from '../i18n/messages.ts'
import { Pressable } from '../ui/pressable.tsx'

export interface EmptyStateProps {
  readonly text: Copy
  /** Said aloud as it appears, for what the person did not expect. */
  readonly isError?: boolean
  readonly actionLabel?: string
  readonly onAction?: () => void
}

/** A page, or a part of one, that has nothing else to show: why, and what one can do. */
export function EmptyState({ text, isError = false, actionLabel, onAction }: EmptyStateProps) {
  return (
    <View className="card profile" ariaRole={isError ? 'alert' : 'none'}>
      <View className="profile-avatar profile-nobody drawing-branch" />
      <Text className="type-title">{text.title}</Text>
      {text.body !== '' && <Text className="type-body soft profile-note">{text.body}</Text>}
      {actionLabel !== undefined && onAction !== undefined && (
        <Pressable className="button button-main" onTap={onAction}>
          {actionLabel}
        </Pressable>
      )}
    </View>
  )
}
