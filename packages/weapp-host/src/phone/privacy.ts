import type { OpenTypeAnswer } from '../host/tap.ts'
import type { WxStubs } from '../runtime/wx-bridge.ts'
import { WxFailure } from '../runtime/wx-error.ts'
import { phoneNumberAnswer } from './phone-number.ts'
import type { Platform } from './platform.ts'

/** WeChat's privacy consent, since 2023-09: until it is given, what needs it waits for the user. */
export interface Privacy {
  readonly wx: WxStubs
  /** Whether the user has still to agree. */
  needsConsent: boolean
  /** What the user answers to WeChat's own sheet, which shows where the mini-program has none of its own. */
  answersOwnSheet: 'agree' | 'disagree'
  /** A tap on `<button open-type="agreePrivacyAuthorization">`. */
  readonly agree: OpenTypeAnswer
  /** Puts the consent before an answer that needs it. */
  before(answer: OpenTypeAnswer): OpenTypeAnswer
}

export interface PrivacyOptions {
  readonly platform: Platform
  /** Without it the user has agreed before. */
  readonly needsConsent?: boolean
  /** The name of the document, with its brackets. */
  readonly contractName?: string
}

type Resolve = (answer: { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string }) => void

/** https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export function createPrivacy({
  platform,
  needsConsent = false,
  contractName = '《隐私保护指引》',
}: PrivacyOptions): Privacy {
  // One listener only: a second takes the place of the first.
  let askUser: ((resolve: Resolve, event: object) => void) | undefined

  async function consentFor(api: string): Promise<boolean> {
    if (!privacy.needsConsent) return true
    const answer = askUser ? await ask(askUser, api) : privacy.answersOwnSheet
    privacy.needsConsent = answer !== 'agree'
    return answer === 'agree'
  }

  const privacy: Privacy = {
    needsConsent,
    answersOwnSheet: 'agree',
    wx: {
      getPrivacySetting: () => ({
        needAuthorization: privacy.needsConsent,
        privacyContractName: contractName,
      }),
      onNeedPrivacyAuthorization: (listener: (resolve: Resolve, event: object) => void) => {
        askUser = listener
      },
      requirePrivacyAuthorize: async () => {
        if (!(await consentFor('requirePrivacyAuthorize'))) {
          throw new WxFailure('requirePrivacyAuthorize:fail privacy permission is not authorized', {
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
    before: (answer) => async (node) =>
      (await consentFor('getPhoneNumber')) ? answer(node) : phoneNumberAnswer('privacy-refused', platform),
  }
  return privacy
}

/** The call stays open until the mini-program's own sheet resolves it. */
function ask(
  listener: (resolve: Resolve, event: object) => void,
  api: string,
): Promise<'agree' | 'disagree'> {
  return new Promise((resolve) => {
    listener(
      ({ event }) => {
        if (event !== 'exposureAuthorization') resolve(event)
      },
      { referrer: api },
    )
  })
}
