import { type CodeKind, explainCode } from '../protocol/explain-code.ts'
import type { CheckResult } from './finding.ts'

/** Explains a code by its shape alone; nothing is sent, so the code stays unspent. */
export function checkCode(code: string, expected: 'login' | 'phone'): CheckResult {
  const check = `${expected} code`
  const kind = explainCode(code)
  const isClean = code === code.trim()
  if (kind === expected && isClean) return { check, status: 'good', detail: kinds[kind] }
  if (kind === expected) {
    return {
      check,
      status: 'bad',
      detail: 'there are blanks around it',
      hint: 'Send the code unchanged.',
    }
  }
  if (kind === 'unknown') {
    const detail = `${kinds.unknown}: ${code.length} characters`
    return { check, status: 'unknown', detail, hint: mends.unknown }
  }
  return { check, status: 'bad', detail: kinds[kind], hint: mends[kind] }
}

const kinds: Record<CodeKind, string> = {
  login: 'it has the shape of a login code (wx.login)',
  phone: "it has the shape of a phone code (WeChat's phone button)",
  mock: 'it is the text that DevTools give instead of a code',
  unknown: 'it has the shape of no code of WeChat that is known',
}

const mends: Record<CodeKind, string> = {
  login: "The phone API wants `e.detail.code` of the button's event, not the code of wx.login.",
  phone: 'jscode2session wants the code of wx.login, not the one of the phone button.',
  mock: "Open the project in DevTools with the mini-program's own appid instead of a tourist's or another's.",
  unknown:
    'Look for something that cuts, quotes or encodes it on its way; a login code has 32 characters, a phone code 64.',
}
