import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { SandboxState } from '../state/state.ts'
import { encryptForApp, signRawData } from './cipher.ts'

/** The result of `wx.getUserInfo`. */
export interface UserData {
  readonly errMsg: 'getUserInfo:ok'
  /** JSON text, signed byte for byte. */
  readonly rawData: string
  readonly signature: string
  readonly encryptedData: string
  readonly iv: string
}

/** JSON encrypted with a session key, both fields in base64. */
export interface Sealed {
  readonly encryptedData: string
  readonly iv: string
}

const AVATAR =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132'

/** Returns the person's profile, signed and encrypted with the session key. */
export function createUserData(state: SandboxState, app: WeChatApp, person: WeChatAccount): UserData {
  const profile = {
    nickName: person.nickName,
    gender: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    avatarUrl: AVATAR,
  }
  const { people } = state
  const unionId = people.unionId(app, person)
  const fullProfile = {
    openId: people.openId(app, person),
    ...profile,
    ...(unionId === undefined ? {} : { unionId }),
    watermark: { timestamp: unixSeconds(state), appid: app.appId },
  }
  const rawData = JSON.stringify(profile)
  const { value: sessionKey } = state.sessionKeys.use(app, person)
  const signature = signRawData(rawData, sessionKey)
  return { errMsg: 'getUserInfo:ok', rawData, signature, ...seal(state, { app, person }, fullProfile) }
}

/** Encrypts `content` as JSON with the person's session key. */
export function seal(
  state: SandboxState,
  { app, person }: { app: WeChatApp; person: WeChatAccount },
  content: object,
): Sealed {
  const { value: sessionKey } = state.sessionKeys.use(app, person)
  const iv = state.ids.uniqueBytes(16, 'iv', app.appId, person.name)
  const encryptedData = encryptForApp(JSON.stringify(content), sessionKey, iv)
  return { encryptedData, iv: iv.toString('base64') }
}

export const unixSeconds = ({ clock }: SandboxState) => Math.floor(clock.now().getTime() / 1000)
