import { Text, View } from '@tarojs/components'
import type { Copy } from '../i18n/messages.ts'
import { useWords } from '../services-context.ts'
import { sampleShares } from './sample-day.ts'

/** How far the day's two goals are. */
export function DayGoals() {
  const { day } = useWords()
  return (
    <View className="goals">
      <Goal words={day.steps} share={sampleShares.steps} className="goal-leaf" />
      <Goal words={day.medicine} share={sampleShares.medicine} className="goal-persimmon" />
    </View>
  )
}

interface GoalProps {
  readonly words: Copy
  /** 0 to 1. */
  readonly share: number
  readonly className: string
}

function Goal({ words, share, className }: GoalProps) {
  return (
    <View className={`card goal ${className}`}>
      <Text className="type-note soft">{words.title}</Text>
      <Text className="type-number">{words.body}</Text>
      <View className="goal-track" ariaHidden>
        <View className="goal-fill" style={{ width: `${Math.round(share * 100)}%` }} />
      </View>
    </View>
  )
}
