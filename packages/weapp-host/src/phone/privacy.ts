import type { OpenTypeHandler } from '../host/tap.ts'
import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import { WxError } from '../runtime/wx-error.ts'
import { toPhoneNumberDetail } from './phone-number.ts'
import type { PhonePlatform } from './phone-platform.ts'

/** WeChat's privacy consent, required since September 2023: calls that need it wait for the user. */
export interface Privacy {
  readonly wx: WxStubs
  /** True until the user agrees. */
  needsConsent: boolean
  /** The user's choice on WeChat's own sheet, which WeChat shows if the mini-program has no sheet of its own. */
  wechatSheetChoice: 'agree' | 'disagree'
  /** Handles a tap on `<button open-type="agreePrivacyAuthorization">`. */
  readonly agree: OpenTypeHandler
  /** Returns a handler that asks for consent before it calls `handler`. */
  requireConsent(handler: OpenTypeHandler): OpenTypeHandler
}

export interface PrivacyOptions {
  readonly platform: PhonePlatform
  /** Default: false, the user has agreed already. */
  readonly needsConsent?: boolean
  /** Title of the privacy document, with its brackets. */
  readonly contractName?: string
}

type Resolve = (result: { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string }) => void
type Listener = (resolve: Resolve, event: object) => void

/** https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export function createPrivacy({
  platform,
  needsConsent = false,
  contractName = '《隐私保护指引》',
}: PrivacyOptions): Privacy {
  // WeChat calls only the last listener that was set.
  let listener: Listener | undefined

  async function requestConsent(api: string): Promise<boolean> {
    if (!privacy.needsConsent) return true
    const choice = listener ? await promptUser(listener, api) : privacy.wechatSheetChoice
    privacy.needsConsent = choice !== 'agree'
    return choice === 'agree'
  }

  const privacy: Privacy = {
    needsConsent,
    wechatSheetChoice: 'agree',
    wx: {
      getPrivacySetting: () => ({
        needAuthorization: privacy.needsConsent,
        privacyContractName: contractName,
      }),
      onNeedPrivacyAuthorization: (newListener: Listener) => {
        listener = newListener
      },
      requirePrivacyAuthorize: async () => {
        if (!(await requestConsent('requirePrivacyAuthorize'))) {
          throw new WxError('requirePrivacyAuthorize:fail privacy permission is not authorized', {
            errno: 104,
          })
        }
      },
      openPrivacyContract: () => ({}),
    },
    agree: () => {
      privacy.needsConsent = false
      return { errMsg: 'agreePrivacyAuthorization:ok' }
    },
    requireConsent: (handler) => async (node) =>
      (await requestConsent('getPhoneNumber'))
        ? handler(node)
        : toPhoneNumberDetail('privacy-refused', platform),
  }
  return privacy
}

/** Resolves when the mini-program's own sheet reports the user's choice. */
function promptUser(listener: Listener, api: string): Promise<'agree' | 'disagree'> {
  return new Promise((resolve) => {
    listener(
      ({ event }) => {
        if (event !== 'exposureAuthorization') resolve(event)
      },
      { referrer: api },
    )
  })
}
