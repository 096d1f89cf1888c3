import type { CheckResult } from './finding.ts'

const TOLERABLE_MS = 60_000

/** Compares this machine's clock with WeChat's: watermarks and tokens are judged by it. */
export function checkClock({ ours, theirs }: { ours: Date; theirs: Date | undefined }): CheckResult {
  const check = 'clock'
  if (theirs === undefined) return { check, status: 'unknown', detail: 'WeChat told no time' }
  const aheadMs = ours.getTime() - theirs.getTime()
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  if (seconds * 1_000 <= TOLERABLE_MS) return { check, status: 'good', detail: `${seconds} s from WeChat's` }
  return {
    check,
    status: 'bad',
    detail: `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} WeChat's`,
    hint: 'Let the machine take its time from a time server (NTP).',
  }
}
