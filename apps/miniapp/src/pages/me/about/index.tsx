import { Text, View } from '@tarojs/components'
import { useAccountMessages } from '../../../account/use-account-messages.ts'
import { Avatar } from '../../../avatar/avatar.tsx'
import { openPrivacyGuide } from '../../../platform/privacy-guide.ts'
import { showToast } from '../../../platform/toast.ts'
import { useMessages } from '../../../services-context.ts'
import { Pressable } from '../../../ui/pressable.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { useTitle } from '../../../ui/use-title.ts'
import '../index.css'

/** What the app is, which data it stores and why, and the privacy guide filed with WeChat. */
export default function About() {
  const { me } = useMessages()
  const { about: messages } = useAccountMessages()
  useTitle(messages.title)
  return (
    <Screen className="me">
      <View className="card profile">
        <Avatar className="profile-avatar" nickName="" picture={null} />
        <Text className="type-title">{messages.name}</Text>
        {messages.description.map((line) => (
          <Text key={line} className="type-body muted about-line">
            {line}
          </Text>
        ))}
      </View>
      <View className="card about-section">
        <Text className="type-body strong leaf">{messages.storedDataTitle}</Text>
        {messages.storedData.map(({ title, body }) => (
          <View key={title} className="about-item">
            <Text className="type-body strong">{title}</Text>
            <Text className="type-note muted">{body}</Text>
          </View>
        ))}
      </View>
      <View className="card about-section">
        <Text className="type-body strong leaf">{messages.notStored.title}</Text>
        <Text className="type-note muted">{messages.notStored.body}</Text>
      </View>
      <View className="card rows">
        <Pressable className="row" onTap={() => openPrivacyGuide(() => showToast(me.privacyUnavailable))}>
          <View className="row-text">
            <Text className="type-body">{me.privacy}</Text>
            <Text className="type-note muted">{messages.privacyGuideNote}</Text>
          </View>
          <View className="row-arrow" />
        </Pressable>
      </View>
      <View className="about-footer type-note muted">
        <Text className="type-note">{messages.version(APP_VERSION)}</Text>
        <Text className="type-note">{messages.credits}</Text>
      </View>
    </Screen>
  )
}
