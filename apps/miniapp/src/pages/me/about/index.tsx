import { Text, View } from '@tarojs/components'
import { useAccountWords } from '../../../account/use-account-messages.ts'
import { Avatar } from '../../../avatar/avatar.tsx'
import { openPrivacyGuide } from '../../../platform/privacy-guide.ts'
import { say } from '../../../platform/toast.ts'
import { useWords } from '../../../services-context.ts'
import { Tap } from '../../../ui/pressable.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { useTitle } from '../../../ui/use-title.ts'
import '../index.css'

/** Who we are, what we keep and why, and the guide that is filed with WeChat. */
export default function About() {
  const { me } = useWords()
  const { about: words } = useAccountWords()
  useTitle(words.title)
  return (
    <Screen className="me">
      <View className="card profile">
        <Avatar className="profile-avatar" nickName="" picture={null} />
        <Text className="type-title">{words.name}</Text>
        {words.who.map((line) => (
          <Text key={line} className="type-body soft about-line">
            {line}
          </Text>
        ))}
      </View>
      <View className="card about-part">
        <Text className="type-body strong leaf">{words.kept}</Text>
        {words.keptThings.map(({ title, body }) => (
          <View key={title} className="about-thing">
            <Text className="type-body strong">{title}</Text>
            <Text className="type-note soft">{body}</Text>
          </View>
        ))}
      </View>
      <View className="card about-part">
        <Text className="type-body strong leaf">{words.notKept.title}</Text>
        <Text className="type-note soft">{words.notKept.body}</Text>
      </View>
      <View className="card rows">
        <Tap className="row" onTap={() => openPrivacyGuide(() => say(me.privacyUnread))}>
          <View className="row-words">
            <Text className="type-body">{me.privacy}</Text>
            <Text className="type-note soft">{words.guideNote}</Text>
          </View>
          <View className="row-arrow" />
        </Tap>
      </View>
      <View className="about-foot type-note soft">
        <Text className="type-note">{words.version(APP_VERSION)}</Text>
        <Text className="type-note">{words.madeWith}</Text>
      </View>
    </Screen>
  )
}
