import { Text, View } from '@tarojs/components'
import { useMessages } from '../services-context.ts'
import type { DayEvent, DayEventKind } from './sample-day.ts'

const illustrations: Record<DayEventKind, string> = {
  breakfast: 'bowl',
  morningPill: 'pill',
  walk: 'walk',
  lunch: 'bowl',
  visitor: 'visit',
  eveningPill: 'pill',
  yourVisit: 'visit',
  yourGreeting: 'greeting',
}

/** The day's events, each with its illustration. */
export function DayList({ events }: { readonly events: readonly DayEvent[] }) {
  return (
    <View className="card day-list">
      {events.map((event) => (
        <DayRow key={`${event.kind} ${event.time}`} event={event} />
      ))}
    </View>
  )
}

function DayRow({ event: { kind, time, isDone } }: { readonly event: DayEvent }) {
  const { day } = useMessages()
  const { title, body } = day.events[kind]
  return (
    <View className={`day-row ${kind.startsWith('your') ? 'day-row-new' : ''}`}>
      <View className={`day-icon image-${illustrations[kind]}`} />
      <View className="day-text">
        <Text className="type-body strong">{title}</Text>
        <Text className="type-note muted">{body}</Text>
      </View>
      <View className="day-time">
        <Text className="type-note strong">{time}</Text>
        {isDone ? (
          <View className="day-tick image-tick" ariaRole="img" ariaLabel={day.done} />
        ) : (
          <Text className="day-later">{day.later}</Text>
        )}
      </View>
    </View>
  )
}
