import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Avatar } from '../avatar/avatar.tsx'
import { troubleCopy } from '../i18n/error-messages.ts'
import { partOfDay } from '../lib/part-of-day.ts'
import { useObserved } from '../lib/use-store.ts'
import { useParts, useWords } from '../services-context.ts'
import { Tap } from '../ui/pressable.tsx'

/** The greeting over the day, and the way to one's own page. */
export function DayHead() {
  const { session, clock } = useParts()
  const words = useWords()
  const who = useObserved(session)
  const now = clock()
  const name = who.is === 'member' ? who.member.nickName : words.me.entrance
  return (
    <View className="head">
      <View className="head-branch drawing-branch" />
      <Tap className="head-me" onTap={() => void Taro.navigateTo({ url: '/pages/me/index' })}>
        <Avatar
          className="head-avatar"
          nickName={name}
          picture={who.is === 'member' ? who.member.avatar : null}
        />
        <Text className="head-name type-note strong">{name}</Text>
      </Tap>
      <Text className="type-greeting">{words.greeting[partOfDay(now.getHours())]}</Text>
      <Text className="type-body soft">{words.date(now)}</Text>
      {who.is === 'unreached' && (
        <Tap className="head-trouble" onTap={() => void session.resume()}>
          <Text className="type-note">{troubleCopy(words, who.trouble).title}</Text>
          <Text className="type-note link">{words.me.again}</Text>
        </Tap>
      )}
    </View>
  )
}
