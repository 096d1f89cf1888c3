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
import { useMessages, useServices } from '../../services-context.ts'
import { Pressable } from '../../ui/pressable.tsx'
import { Screen } from '../../ui/screen.tsx'
import { usePullDownRefresh } from '../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import './index.css'

/** The event that each action adds. */
const eventKinds = { visit: 'yourVisit', greet: 'yourGreeting' } satisfies Record<string, DayEventKind>

/** The elder's day. Guests see all of it; a visit or a greeting requires a login. */
export default function Home() {
  const { auth, login, clock } = useServices()
  const messages = useMessages()
  const authState = useStore(auth)
  const [events, setEvents] = useState(sampleDay)
  useTitle(messages.appName)
  usePullDownRefresh(auth.refresh)

  function addEvent(action: keyof typeof eventKinds) {
    const event = { kind: eventKinds[action], time: formatTime(clock()), isDone: true }
    setEvents((previous) => [event, ...previous.filter(({ kind }) => kind !== event.kind)])
    showToast(messages.day.noted)
  }
  /** Runs the action for a member; a guest logs in first. */
  function requireLogin(action: keyof typeof eventKinds) {
    if (authState.status === 'signedIn') addEvent(action)
    else login.open(action, () => addEvent(action))
  }

  return (
    <Screen className="home">
      <DayHeader />
      <View className="sample type-note">
        <Text className="sample-badge">{messages.day.sample}</Text>
        <Text className="sample-note">{messages.day.sampleNote}</Text>
      </View>
      <View className="day-title">
        <Text className="type-title">{messages.day.title}</Text>
        <Text className="type-body muted">{messages.day.subtitle}</Text>
      </View>
      <DayGoals />
      <DayList events={events} />
      <DayPicture />
      <View className="actions">
        <Pressable className="button button-quiet" onTap={() => requireLogin('greet')}>
          {messages.day.greet}
        </Pressable>
        <Pressable className="button button-main" onTap={() => requireLogin('visit')}>
          {messages.day.visit}
        </Pressable>
      </View>
      <LoginPopup interceptsBack />
    </Screen>
  )
}
