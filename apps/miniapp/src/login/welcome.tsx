import { Text, View } from '@tarojs/components'
import { Avatar } from '../avatar/avatar.tsx'
import { useMessages } from '../services-context.ts'

/** The moment after: the name, and its fruit. */
export function Welcome({ nickName, isNew }: { readonly nickName: string; readonly isNew: boolean }) {
  const { login: words } = useMessages()
  return (
    <View className="welcome" ariaRole="status">
      <Avatar className="welcome-avatar" nickName={nickName} picture={null} />
      <Text className="type-title">{words.welcome(nickName)}</Text>
      <Text className="type-body soft">{isNew ? words.welcomeNew : words.welcomeBack}</Text>
    </View>
  )
}
