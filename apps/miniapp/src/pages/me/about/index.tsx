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

/** Who we are, what we keep and why, and the guide that is filed with WeChat. */
export default function About() {
  const { me } = useMessages()
  const { about: words } = useAccountMessages()
  useTitle(words.title)
  return (
    <Screen className="me">
      <View className="card profile">
        <Avatar className="profile-avatar" nickName="" picture={null} />
        <Text className="type-title">{words.name}</Text>
        {words.description.map((line) => (
          <Text key={line} className="type-body soft about-line">
            {line}
          </Text>
        ))}
      </View>
      <View className="card about-part">
        <Text className="type-body strong leaf">{words.storedDataTitle}</Text>
        {words.storedData.map(({ title, body }) => (
          <View key={title} className="about-thing">
            <Text className="type-body strong">{title}</Text>
            <Text className="type-note soft">{body}</Text>
          </View>
        ))}
      </View>
      <View className="card about-part">
        <Text className="type-body strong leaf">{words.notStored.title}</Text>
        <Text className="type-note soft">{words.notStored.body}</Text>
      </View>
      <View className="card rows">
        <Pressable className="row" onTap={() => openPrivacyGuide(() => showToast(me.privacyUnavailable))}>
          <View className="row-words">
            <Text className="type-body">{me.privacy}</Text>
            <Text className="type-note soft">{words.privacyGuideNote}</Text>
          </View>
          <View className="row-arrow" />
        </Pressable>
      </View>
      <View className="about-foot type-note soft">
        <Text className="type-note">{words.version(APP_VERSION)}</Text>
        <Text className="type-note">{words.credits}</Text>
      </View>
    </Screen>
  )
}
