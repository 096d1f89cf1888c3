import { Text, View } from '@tarojs/components'
import type { Copy } from '../i18n/messages.ts'
import { useMessages } from '../services-context.ts'
import { sampleProgress } from './sample-day.ts'

/** The progress of the day's two goals. */
export function DayGoals() {
  const { day } = useMessages()
  return (
    <View className="goals">
      <Goal text={day.steps} progress={sampleProgress.steps} className="goal-leaf" />
      <Goal text={day.medicine} progress={sampleProgress.medicine} className="goal-persimmon" />
    </View>
  )
}

interface GoalProps {
  readonly text: Copy
  /** 0 to 1. */
  readonly progress: number
  readonly className: string
}

function Goal({ text, progress, className }: GoalProps) {
  return (
    <View className={`card goal ${className}`}>
      <Text className="type-note muted">{text.title}</Text>
      <Text className="type-number">{text.body}</Text>
      <View className="goal-track" ariaHidden>
        <View className="goal-fill" style={{ width: `${Math.round(progress * 100)}%` }} />
      </View>
    </View>
  )
}
