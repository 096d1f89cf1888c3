import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Avatar } from '../avatar/avatar.tsx'
import { errorMessage } from '../i18n/error-messages.ts'
import { toPartOfDay } from '../lib/part-of-day.ts'
import { useStore } from '../lib/use-store.ts'
import { useServices, useMessages } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'

/** The greeting over the day, and the way to one's own page. */
export function DayHeader() {
  const { auth, clock } = useServices()
  const words = useMessages()
  const who = useStore(auth)
  const now = clock()
  const name = who.status === 'signedIn' ? who.member.nickName : words.me.entrance
  return (
    <View className="head">
      <View className="head-branch drawing-branch" />
      <Pressable className="head-me" onTap={() => void Taro.navigateTo({ url: '/pages/me/index' })}>
        <Avatar
          className="head-avatar"
          nickName={name}
          picture={who.status === 'signedIn' ? who.member.avatar : null}
        />
        <Text className="head-name type-note strong">{name}</Text>
      </Pressable>
      <Text className="type-greeting">{words.greeting[toPartOfDay(now.getHours())]}</Text>
      <Text className="type-body soft">{words.date(now)}</Text>
      {who.status === 'unknown' && (
        <Pressable className="head-trouble" onTap={() => void auth.restore()}>
          <Text className="type-note">{errorMessage(words, who.error).title}</Text>
          <Text className="type-note link">{words.me.retry}</Text>
        </Pressable>
      )}
    </View>
  )
}
