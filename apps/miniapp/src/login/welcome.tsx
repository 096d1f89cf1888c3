import { Text, View } from '@tarojs/components'
import { Avatar } from '../avatar/avatar.tsx'
import { useMessages } from '../services-context.ts'

/** The content of the login sheet after a login: the name and its default avatar. */
export function Welcome({ nickName, isNew }: { readonly nickName: string; readonly isNew: boolean }) {
  const { login: messages } = useMessages()
  return (
    <View className="welcome" ariaRole="status">
      <Avatar className="welcome-avatar" nickName={nickName} picture={null} />
      <Text className="type-title">{messages.welcome(nickName)}</Text>
      <Text className="type-body muted">{isNew ? messages.welcomeNew : messages.welcomeBack}</Text>
    </View>
  )
}
