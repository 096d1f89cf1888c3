import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Avatar } from '../avatar/avatar.tsx'
import { errorMessage } from '../i18n/error-messages.ts'
import { toPartOfDay } from '../lib/part-of-day.ts'
import { useStore } from '../lib/use-store.ts'
import { useMessages, useServices } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'

/** The greeting and date, and the link to the account page. */
export function DayHeader() {
  const { auth, clock } = useServices()
  const messages = useMessages()
  const authState = useStore(auth)
  const now = clock()
  const name = authState.status === 'signedIn' ? authState.member.nickName : messages.me.entrance
  return (
    <View className="header">
      <View className="header-branch image-branch" />
      <Pressable className="header-account" onTap={() => void Taro.navigateTo({ url: '/pages/me/index' })}>
        <Avatar
          className="header-avatar"
          nickName={name}
          picture={authState.status === 'signedIn' ? authState.member.avatar : null}
        />
        <Text className="header-name type-note strong">{name}</Text>
      </Pressable>
      <Text className="type-greeting">{messages.greeting[toPartOfDay(now.getHours())]}</Text>
      <Text className="type-body muted">{messages.date(now)}</Text>
      {authState.status === 'unknown' && (
        <Pressable className="header-error" onTap={() => void auth.restore()}>
          <Text className="type-note">{errorMessage(messages, authState.error).title}</Text>
          <Text className="type-note link">{messages.me.retry}</Text>
        </Pressable>
      )}
    </View>
  )
}
