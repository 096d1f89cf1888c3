import { Text, View } from '@tarojs/components'
import type { Copy } from '../i18n/messages.ts'
import { Pressable } from '../ui/pressable.tsx'

export interface EmptyStateProps {
  readonly text: Copy
  /** Whether screen readers announce the text when it appears. */
  readonly isError?: boolean
  readonly actionLabel?: string
  readonly onAction?: () => void
}

/** A card that takes the place of missing content, with an optional action. */
export function EmptyState({ text, isError = false, actionLabel, onAction }: EmptyStateProps) {
  return (
    <View className="card profile" ariaRole={isError ? 'alert' : 'none'}>
      <View className="profile-avatar profile-empty image-branch" />
      <Text className="type-title">{text.title}</Text>
      {text.body !== '' && <Text className="type-body muted profile-note">{text.body}</Text>}
      {actionLabel !== undefined && onAction !== undefined && (
        <Pressable className="button button-main" onTap={onAction}>
          {actionLabel}
        </Pressable>
      )}
    </View>
  )
}
