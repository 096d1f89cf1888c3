export type PartOfDay = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening'

/** @param hour 0 to 23 */
export function toPartOfDay(hour: number): PartOfDay {
  if (hour < 5 || hour >= 23) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 13) return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}

/** Formats the time of day as `HH:MM`. */
export function formatTime(date: Date): string {
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}
