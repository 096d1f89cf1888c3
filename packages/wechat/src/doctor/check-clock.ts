import type { Finding } from './finding.ts'

const TOLERABLE_MS = 60_000

/** Compares this machine's clock with WeChat's: watermarks and tokens are judged by it. */
export function checkClock({ ours, theirs }: { ours: Date; theirs: Date | undefined }): Finding {
  const subject = 'clock'
  if (theirs === undefined) return { subject, verdict: 'unknown', finding: 'WeChat told no time' }
  const aheadMs = ours.getTime() - theirs.getTime()
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  if (seconds * 1_000 <= TOLERABLE_MS)
    return { subject, verdict: 'good', finding: `${seconds} s from WeChat's` }
  return {
    subject,
    verdict: 'bad',
    finding: `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} WeChat's`,
    mend: 'Let the machine take its time from a time server (NTP).',
  }
}
