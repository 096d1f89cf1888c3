import type { OpenTypeAnswer } from '../host/tap.ts'
import type { WxStubs } from '../runtime/wx-bridge.ts'
import { createDevice, type Device, type DeviceFacts } from './device.ts'
import { createNetwork, type Network, type NetworkOptions } from './network.ts'
import { type PhoneNumberOutcome, phoneNumberAnswer } from './phone-number.ts'
import type { Platform } from './platform.ts'
import { createPrivacy, type Privacy, type PrivacyOptions } from './privacy.ts'
import { createStorage, type Storage } from './storage.ts'
import { createUserInterface, type UserAnswers } from './user-interface.ts'

/** A phone with WeChat on it: what `WeappHost.launch` needs of it, and the handles by which a test moves it. */
export interface Phone {
  readonly platform: Platform
  readonly wx: WxStubs
  readonly openTypes: Readonly<Record<string, OpenTypeAnswer>>
  readonly device: Device
  readonly network: Network
  readonly privacy: Privacy
  readonly storage: Storage
  readonly user: UserAnswers
}

export interface PhoneOptions extends Omit<NetworkOptions, 'platform'>, Omit<PrivacyOptions, 'platform'> {
  readonly platform: Platform
  readonly device?: Partial<DeviceFacts>
  /** Kept from an earlier visit. */
  readonly stored?: Readonly<Record<string, unknown>>
  /** Asked at each `wx.login`. */
  readonly takeLoginCode?: () => string | Promise<string>
  /** Asked when WeChat's phone sheet closes. */
  readonly answerPhoneSheet?: () => PhoneNumberOutcome | Promise<PhoneNumberOutcome>
}

/**
 * Puts a phone together from its parts.
 *
 * @example
 * const phone = createPhone({ platform: 'android', takeLoginCode: () => alice.loginCode() })
 * await using host = await WeappHost.launch({ dist, ...phone })
 * phone.network.isOnline = false
 */
export function createPhone(options: PhoneOptions): Phone {
  const { platform, takeLoginCode, answerPhoneSheet } = options
  const device = createDevice(platform, options.device)
  const network = createNetwork(options)
  const privacy = createPrivacy(options)
  const storage = createStorage(options.stored)
  const user: UserAnswers = { modal: 'confirm', actionSheet: 0 }
  return {
    platform,
    device,
    network,
    privacy,
    storage,
    user,
    wx: {
      ...device.wx,
      ...network.wx,
      ...privacy.wx,
      ...storage.wx,
      ...createUserInterface(user),
      ...(takeLoginCode && { login: async () => ({ code: await takeLoginCode() }) }),
    },
    openTypes: {
      agreePrivacyAuthorization: privacy.agree,
      ...(answerPhoneSheet && {
        getPhoneNumber: privacy.before(async () => phoneNumberAnswer(await answerPhoneSheet(), platform)),
      }),
    },
  }
}
