import type { OpenTypeHandler } from '../host/tap.ts'
import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import { createDevice, type Device, type DeviceProfile } from './device.ts'
import { createNetwork, type Network, type NetworkOptions } from './network.ts'
import { type PhoneSheetResult, toPhoneNumberDetail } from './phone-number.ts'
import type { PhonePlatform } from './phone-platform.ts'
import { createPrivacy, type Privacy, type PrivacyOptions } from './privacy.ts'
import { createStorage, type Storage } from './storage.ts'
import { createUserInterface, type UserChoices } from './user-interface.ts'

/** A phone with WeChat: the stubs for `WeappHost.launch`, and the objects with which a test controls them. */
export interface Phone {
  readonly platform: PhonePlatform
  readonly wx: WxStubs
  readonly openTypes: Readonly<Record<string, OpenTypeHandler>>
  readonly device: Device
  readonly network: Network
  readonly privacy: Privacy
  readonly storage: Storage
  readonly user: UserChoices
}

export interface PhoneOptions extends Omit<NetworkOptions, 'platform'>, Omit<PrivacyOptions, 'platform'> {
  readonly platform: PhonePlatform
  readonly device?: Partial<DeviceProfile>
  /** Initial content of the storage. */
  readonly stored?: Readonly<Record<string, unknown>>
  /** Called on each `wx.login`; returns the login code. */
  readonly takeLoginCode?: () => string | Promise<string>
  /** Called when WeChat opens its phone number sheet; returns the user's choice. */
  readonly onPhoneSheet?: () => PhoneSheetResult | Promise<PhoneSheetResult>
}

/**
 * Combines device, network, privacy, storage and user interface into a phone.
 *
 * @example
 * const phone = createPhone({ platform: 'android', takeLoginCode: () => alice.tapsLogin() })
 * await using host = await WeappHost.launch({ dist, ...phone })
 * phone.network.isOnline = false
 */
export function createPhone(options: PhoneOptions): Phone {
  const { platform, takeLoginCode, onPhoneSheet } = options
  const device = createDevice(platform, options.device)
  const network = createNetwork(options)
  const privacy = createPrivacy(options)
  const storage = createStorage(options.stored)
  const user: UserChoices = { modal: 'confirm', actionSheet: 0 }
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
      ...(onPhoneSheet && {
        getPhoneNumber: privacy.requireConsent(async () =>
          toPhoneNumberDetail(await onPhoneSheet(), platform),
        ),
      }),
    },
  }
}
