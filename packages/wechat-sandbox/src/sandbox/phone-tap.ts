import { type Sealed, seal, unixSeconds } from '../crypto/user-data.ts'
import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { PhoneNumber } from '../state/phone-number.ts'
import type { SandboxState } from '../state/state.ts'

/** The phone button's `event.detail`: a code, or the error why there is none. */
export type PhoneTap =
  | ({ readonly errMsg: 'getPhoneNumber:ok'; readonly code: string } & Sealed)
  | { readonly errMsg: string; readonly errno?: number; readonly code?: undefined }

/** Where the tap happens: the `errMsg` of a refusal differs by platform. */
export type Platform = 'ios' | 'android' | 'devtools'

/** The errno of a tap when the paid taps are used up. */
export const NO_QUOTA_ERRNO = 1_400_001

/** An allowed tap. A tap that yields a code is charged, even if the code is never exchanged. */
export function allowPhone(
  state: SandboxState,
  { app, person, phone }: { app: WeChatApp; person: WeChatAccount; phone: PhoneNumber | undefined },
): PhoneTap {
  if (app.phoneTapsLeft === 0) return { errMsg: 'getPhoneNumber:fail no quota', errno: NO_QUOTA_ERRNO }
  if (!phone) return { errMsg: 'getPhoneNumber:fail 用户未绑定手机，请先在微信客户端进行绑定后重试' }
  if (app.phoneTapsLeft !== undefined) app.phoneTapsLeft -= 1
  state.charges.countTap(app)
  const { phoneNumber, purePhoneNumber, countryCode } = phone
  const watermark = { timestamp: unixSeconds(state), appid: app.appId }
  const sealed = seal(state, { app, person }, { phoneNumber, purePhoneNumber, countryCode, watermark })
  return { errMsg: 'getPhoneNumber:ok', code: state.codes.issuePhone(app, person, phone).value, ...sealed }
}

/** A refused tap. */
export function refusePhone(platform: Platform): PhoneTap {
  return {
    errMsg: platform === 'android' ? 'getPhoneNumber:fail:user deny' : 'getPhoneNumber:fail user deny',
  }
}
