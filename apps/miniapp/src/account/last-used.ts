/** How long ago something was used, in calendar days. */
export type LastUse =
  | { readonly type: 'now' }
  | { readonly type: 'today' | 'yesterday'; readonly date: Date }
  | { readonly type: 'days'; readonly days: number }
  | { readonly type: 'earlier'; readonly date: Date }

const MINUTE_MS = 60_000
/** A use within this time counts as now. */
const NOW_MS = 5 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS

/** Classifies a date by the phone's local calendar. A date in the future (clock skew) counts as now. */
export function toLastUse(date: Date, now: Date): LastUse {
  if (now.getTime() - date.getTime() < NOW_MS) return { type: 'now' }
  const days = Math.round((midnight(now) - midnight(date)) / DAY_MS)
  if (days === 0) return { type: 'today', date }
  if (days === 1) return { type: 'yesterday', date }
  return days < 7 ? { type: 'days', days } : { type: 'earlier', date }
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
