/** The start and the end of a long value. */
export const shorten = (value: string) => `${value.slice(0, 14)}…${value.slice(-6)}`

/** `4:59` */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `13:30:26`, in UTC. */
export const timeOfDay = (time: Date) => time.toISOString().slice(11, 19)
