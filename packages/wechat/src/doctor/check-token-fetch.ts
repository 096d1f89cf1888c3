import { WeChatApiError } from '../errors/errors.ts'
import type { CheckResult } from './check-result.ts'

const APPID_ERRCODES: ReadonlySet<number> = new Set([40013, 41002])
const SECRET_ERRCODES: ReadonlySet<number> = new Set([40001, 40125, 40243, 41004])
const IP_ERRCODES: ReadonlySet<number> = new Set([40164, 89503, 89506, 89507])

const checks = ['appid', 'secret', 'IP whitelist', 'token fetch'] as const

/** Derives four results from one token fetch. WeChat reports only the first problem, so the others are unknown. */
export function checkTokenFetch(error: unknown): readonly CheckResult[] {
  if (error === undefined) {
    return checks.map((check) => ({ check, status: 'ok', detail: 'WeChat accepts it' }))
  }
  const failedCheck = failedCheckOf(error)
  return checks.map((check) =>
    check === failedCheck
      ? { check, status: 'failed', ...explainError(error) }
      : { check, status: 'unknown', detail: `not checked: WeChat stopped at the ${failedCheck}` },
  )
}

function failedCheckOf(error: unknown): (typeof checks)[number] {
  if (!(error instanceof WeChatApiError)) return 'token fetch'
  if (APPID_ERRCODES.has(error.errcode)) return 'appid'
  if (SECRET_ERRCODES.has(error.errcode)) return 'secret'
  return IP_ERRCODES.has(error.errcode) ? 'IP whitelist' : 'token fetch'
}

/** Describes an error of this package. WeChat's message is included: for 40164 it contains the missing IP address. */
export function explainError(error: unknown): { detail: string; hint?: string } {
  if (!(error instanceof WeChatApiError)) {
    return { detail: error instanceof Error ? error.message : 'unknown error' }
  }
  const { errcode, meaning, hint, wechatMessage, rid } = error
  const extras = [wechatMessage && `WeChat's message: "${wechatMessage}"`, rid && `rid ${rid}`]
    .filter(Boolean)
    .join(', ')
  return { detail: `${errcode}: ${meaning}${extras && ` (${extras})`}`, hint }
}
