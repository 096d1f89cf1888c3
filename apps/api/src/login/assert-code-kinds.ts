import { Failure } from '@kinpass/contracts'
import { explainCode } from '@kinpass/wechat'

/**
 * Refuses what is certain from a code's shape, before WeChat sees and spends it: the two codes swapped,
 * and the text that DevTools hands out where no real appid is set.
 */
export function refuseMisplacedCodes({ code, phoneCode }: { code: string; phoneCode?: string }): void {
  const login = explainCode(code)
  const phone = phoneCode === undefined ? 'unknown' : explainCode(phoneCode)
  if (login === 'mock' || phone === 'mock') throw new Failure('LOGIN_CODE_IS_MOCK')
  if (login === 'phone') throw new Failure('LOGIN_CODE_IS_PHONE_CODE')
  if (phone === 'login') throw new Failure('PHONE_CODE_IS_LOGIN_CODE')
}
