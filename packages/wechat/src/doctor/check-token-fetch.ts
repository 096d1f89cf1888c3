import { WeChatApiError } from '../errors/errors.ts'
import type { CheckResult } from './finding.ts'

const appIdErrcodes = new Set([40013, 41002])
const secretErrcodes = new Set([40001, 40125, 40243, 41004])
const addressErrcodes = new Set([40164, 89503, 89506, 89507])

const checks = ['appid', 'secret', 'IP whitelist', 'token fetch'] as const

/** Reads what a token fetch tells: WeChat names the first thing that is wrong, and is silent on the rest. */
export function checkTokenFetch(failure: unknown): readonly CheckResult[] {
  if (failure === undefined) {
    return checks.map((check) => ({ check, status: 'good', detail: 'WeChat accepts it' }))
  }
  const guilty = guiltyOf(failure)
  return checks.map((check) =>
    check === guilty
      ? { check, status: 'bad', ...explain(failure) }
      : { check, status: 'unknown', detail: `WeChat stopped at the ${guilty}` },
  )
}

function guiltyOf(failure: unknown): (typeof checks)[number] {
  if (!(failure instanceof WeChatApiError)) return 'token fetch'
  if (appIdErrcodes.has(failure.errcode)) return 'appid'
  if (secretErrcodes.has(failure.errcode)) return 'secret'
  return addressErrcodes.has(failure.errcode) ? 'IP whitelist' : 'token fetch'
}

/** What an error of this package says; WeChat's own words carry the address that it misses. */
export function explain(failure: unknown): { detail: string; hint?: string } {
  if (!(failure instanceof WeChatApiError)) {
    return { detail: failure instanceof Error ? failure.message : 'it failed for no known reason' }
  }
  const { errcode, meaning, hint, wechatMessage, rid } = failure
  const words = [wechatMessage && `WeChat says "${wechatMessage}"`, rid && `rid ${rid}`]
    .filter(Boolean)
    .join(', ')
  return { detail: `${errcode}: ${meaning}${words && ` (${words})`}`, hint }
}
