import type { Messages } from '../i18n/messages.ts'

/** An event of the day, named after its messages. */
export type DayEventKind = keyof Messages['day']['events']

export interface DayEvent {
  readonly kind: DayEventKind
  /** `HH:MM`, the elder's own clock. */
  readonly time: string
  readonly isDone: boolean
}

/** A made-up day of a made-up grandmother: something to look at for a guest. */
export const sampleDay: readonly DayEvent[] = [
  { kind: 'breakfast', time: '07:30', isDone: true },
  { kind: 'morningPill', time: '08:00', isDone: true },
  { kind: 'walk', time: '09:40', isDone: true },
  { kind: 'lunch', time: '12:00', isDone: true },
  { kind: 'visitor', time: '15:30', isDone: false },
  { kind: 'eveningPill', time: '20:00', isDone: false },
]

/** Shares of the day's goals. */
export const sampleProgress = { steps: 3240 / 4000, medicine: 1 / 2 }
