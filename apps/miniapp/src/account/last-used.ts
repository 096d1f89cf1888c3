/** How long ago something was used, as people count it. */
export type LastUse =
  | { readonly is: 'now' }
  | { readonly is: 'today' | 'yesterday'; readonly at: Date }
  | { readonly is: 'days'; readonly days: number }
  | { readonly is: 'long'; readonly at: Date }

const minute = 60_000

/** Days are those of the phone's own calendar. A time that lies ahead, by a clock that goes wrong, counts as this moment. */
export function toLastUse(at: Date, now: Date): LastUse {
  if (now.getTime() - at.getTime() < 5 * minute) return { is: 'now' }
  const days = Math.round((midnight(now) - midnight(at)) / (24 * 60 * minute))
  if (days === 0) return { is: 'today', at }
  if (days === 1) return { is: 'yesterday', at }
  return days < 7 ? { is: 'days', days } : { is: 'long', at }
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
