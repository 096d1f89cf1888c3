import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { DayGoals } from '../../day/day-goals.tsx'
import { DayHeader } from '../../day/day-header.tsx'
import { DayList } from '../../day/day-list.tsx'
import { DayPicture } from '../../day/day-picture.tsx'
import { type DayEventKind, sampleDay } from '../../day/sample-day.ts'
import { formatTime } from '../../lib/part-of-day.ts'
import { useStore } from '../../lib/use-store.ts'
import { LoginPopup } from '../../login/login-popup.tsx'
import { showToast } from '../../platform/toast.ts'
import { useServices, useMessages } from '../../services-context.ts'
import { Pressable } from '../../ui/pressable.tsx'
import { Screen } from '../../ui/screen.tsx'
import { usePull } from '../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import './index.css'

const kindOf = { visit: 'yourVisit', greet: 'yourGreeting' } satisfies Record<string, DayEventKind>

/** A day of an elder, open to everyone. Only what one does under one's name asks for a login. */
export default function Home() {
  const { auth, login, clock } = useServices()
  const words = useMessages()
  const who = useStore(auth)
  const [events, setEvents] = useState(sampleDay)
  useTitle(words.appName)
  usePull(auth.refresh)

  function note(deed: keyof typeof kindOf) {
    const added = { kind: kindOf[deed], time: formatTime(clock()), isDone: true }
    setEvents((before) => [added, ...before.filter(({ kind }) => kind !== added.kind)])
    showToast(words.day.noted)
  }
  function doAsMember(deed: keyof typeof kindOf) {
    if (who.status === 'signedIn') note(deed)
    else login.open(deed, () => note(deed))
  }

  return (
    <Screen className="home">
      <DayHeader />
      <View className="sample type-note">
        <Text className="sample-mark">{words.day.sample}</Text>
        <Text className="sample-note">{words.day.sampleNote}</Text>
      </View>
      <View className="day-title">
        <Text className="type-title">{words.day.title}</Text>
        <Text className="type-body soft">{words.day.subtitle}</Text>
      </View>
      <DayGoals />
      <DayList events={events} />
      <DayPicture />
      <View className="deeds">
        <Pressable className="button button-quiet" onTap={() => doAsMember('greet')}>
          {words.day.greet}
        </Pressable>
        <Pressable className="button button-main" onTap={() => doAsMember('visit')}>
          {words.day.visit}
        </Pressable>
      </View>
      <LoginPopup interceptsBack />
    </Screen>
  )
}
