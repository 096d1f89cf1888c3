import type { CheckResult } from './check-result.ts'

const MAX_CLOCK_SKEW_MS = 60_000

/** Compares this machine's clock with WeChat's; watermark ages and token expiry depend on it. */
export function checkClock({ local, remote }: { local: Date; remote: Date | undefined }): CheckResult {
  const check = 'clock'
  if (remote === undefined) return { check, status: 'unknown', detail: 'the response has no Date header' }
  const skewMs = local.getTime() - remote.getTime()
  const seconds = Math.round(Math.abs(skewMs) / 1_000)
  if (seconds * 1_000 <= MAX_CLOCK_SKEW_MS)
    return { check, status: 'ok', detail: `${seconds} s from WeChat's` }
  return {
    check,
    status: 'failed',
    detail: `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} WeChat's`,
    hint: 'Synchronize the clock with a time server (NTP).',
  }
}
