import type { Messages } from '../i18n/messages.ts'

/** The key of the event's messages. */
export type DayEventKind = keyof Messages['day']['events']

export interface DayEvent {
  readonly kind: DayEventKind
  /** `HH:MM` */
  readonly time: string
  readonly isDone: boolean
}

/** Fictional sample data, shown to guests and members alike. */
export const sampleDay: readonly DayEvent[] = [
  { kind: 'breakfast', time: '07:30', isDone: true },
  { kind: 'morningPill', time: '08:00', isDone: true },
  { kind: 'walk', time: '09:40', isDone: true },
  { kind: 'lunch', time: '12:00', isDone: true },
  { kind: 'visitor', time: '15:30', isDone: false },
  { kind: 'eveningPill', time: '20:00', isDone: false },
]

/** The progress of the day's goals, 0 to 1. */
export const sampleProgress = { steps: 3240 / 4000, medicine: 1 / 2 }
