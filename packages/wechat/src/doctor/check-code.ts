import { type CodeKind, explainCode } from '../protocol/explain-code.ts'
import type { CheckResult } from './check-result.ts'

/** Checks the kind of a code by its shape. Sends nothing, so the code stays unused. */
export function checkCode(code: string, expected: 'login' | 'phone'): CheckResult {
  const check = `${expected} code`
  const kind = explainCode(code)
  if (kind === 'unknown') {
    const detail = `${kindDetails.unknown}: ${code.length} characters`
    return { check, status: 'unknown', detail, hint: wrongKindHints.unknown }
  }
  if (kind !== expected) {
    return { check, status: 'failed', detail: kindDetails[kind], hint: wrongKindHints[kind] }
  }
  if (code !== code.trim()) {
    return {
      check,
      status: 'failed',
      detail: 'it has leading or trailing whitespace',
      hint: 'Send the code unchanged.',
    }
  }
  return { check, status: 'ok', detail: kindDetails[kind] }
}

const kindDetails: Record<CodeKind, string> = {
  login: 'it has the shape of a login code (wx.login)',
  phone: "it has the shape of a phone code (WeChat's phone button)",
  mock: 'it is the placeholder that DevTools return instead of a code',
  unknown: 'it has the shape of no known WeChat code',
}

const wrongKindHints: Record<CodeKind, string> = {
  login: "The phone API needs `e.detail.code` of the button's event, not the code of wx.login.",
  phone: 'jscode2session needs the code of wx.login, not that of the phone button.',
  mock: "Open the project in DevTools with the mini-program's own appid, not a tourist appid or another one.",
  unknown:
    'Check that nothing truncates, quotes or encodes it in transit; a login code has 32 characters, a phone code 64.',
}
