import { WeChatRefused } from '../errors/errors.ts'
import type { Finding } from './finding.ts'

const appIdErrcodes = new Set([40013, 41002])
const secretErrcodes = new Set([40001, 40125, 40243, 41004])
const addressErrcodes = new Set([40164, 89503, 89506, 89507])

const subjects = ['appid', 'secret', 'IP whitelist', 'token fetch'] as const

/** Reads what a token fetch tells: WeChat names the first thing that is wrong, and is silent on the rest. */
export function checkTokenFetch(failure: unknown): readonly Finding[] {
  if (failure === undefined) {
    return subjects.map((subject) => ({ subject, verdict: 'good', finding: 'WeChat accepts it' }))
  }
  const guilty = guiltyOf(failure)
  return subjects.map((subject) =>
    subject === guilty
      ? { subject, verdict: 'bad', ...explain(failure) }
      : { subject, verdict: 'unknown', finding: `WeChat stopped at the ${guilty}` },
  )
}

function guiltyOf(failure: unknown): (typeof subjects)[number] {
  if (!(failure instanceof WeChatRefused)) return 'token fetch'
  if (appIdErrcodes.has(failure.errcode)) return 'appid'
  if (secretErrcodes.has(failure.errcode)) return 'secret'
  return addressErrcodes.has(failure.errcode) ? 'IP whitelist' : 'token fetch'
}

/** What an error of this package says; WeChat's own words carry the address that it misses. */
export function explain(failure: unknown): { finding: string; mend?: string } {
  if (!(failure instanceof WeChatRefused)) {
    return { finding: failure instanceof Error ? failure.message : 'it failed for no known reason' }
  }
  const { errcode, meaning, mend, saying, rid } = failure
  const words = [saying && `WeChat says "${saying}"`, rid && `rid ${rid}`].filter(Boolean).join(', ')
  return { finding: `${errcode}: ${meaning}${words && ` (${words})`}`, mend }
}
