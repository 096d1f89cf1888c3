import { Failure } from '@kinpass/contracts'
import { explainCode } from '@kinpass/wechat'

/**
 * Throws if a code's shape shows that it is not the expected kind, before WeChat receives and invalidates it.
 *
 * Detects swapped codes, and the text that DevTools returns without a real appid.
 */
export function assertCodeKinds({ code, phoneCode }: { code: string; phoneCode?: string }): void {
  const loginKind = explainCode(code)
  const phoneKind = phoneCode === undefined ? 'unknown' : explainCode(phoneCode)
  if (loginKind === 'mock' || phoneKind === 'mock') throw new Failure('LOGIN_CODE_IS_MOCK')
  if (loginKind === 'phone') throw new Failure('LOGIN_CODE_IS_PHONE_CODE')
  if (phoneKind === 'login') throw new Failure('PHONE_CODE_IS_LOGIN_CODE')
}
