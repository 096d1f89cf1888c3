import Taro from '@tarojs/taro'
import { createApi } from './api/api.ts'
import { readTrouble } from './api/trouble.ts'
import { apiUrl } from './env.ts'
import { createKeep } from './keep.ts'
import { createLogin, type Login } from './login/login.ts'
import { createLoginCodes } from './login/login-code.ts'
import { asksConsentItself } from './login/phone-open-type.ts'
import { createDevices, type Devices } from './session/devices.ts'
import { createEndOnServer } from './session/end-on-server.ts'
import { createFindTokens } from './session/find-tokens.ts'
import { readInstallationId } from './session/installation-id.ts'
import { createSession, type Session } from './session/session.ts'
import { createTokens } from './session/tokens.ts'
import { fetchLoginCode } from './wechat/fetch-login-code.ts'
import { markLanguage } from './wechat/mark-language.ts'
import { onNeedConsent } from './wechat/on-need-consent.ts'
import { onStorageChange } from './wechat/on-storage-change.ts'
import { storage } from './wechat/storage.ts'
import { readSystem, type System } from './wechat/system.ts'
import { createLanguageChoice, type LanguageChoice } from './words/language.ts'
import { hasWordsFor } from './words/trouble-copy.ts'

/** What the screens work with. */
export interface Parts {
  readonly system: System
  readonly language: LanguageChoice
  readonly session: Session
  readonly devices: Devices
  readonly login: Login
  readonly clock: () => Date
}

/** Builds the app out of WeChat's real storage, network, clock and chance. Nothing else knows them. */
export function compose(): Parts {
  const system = readSystem()
  const keep = createKeep(storage)
  const api = createApi({
    url: apiUrl,
    request: (options) => Taro.request(options),
    installationId: readInstallationId(keep, Math.random),
    deviceName: system.deviceName,
  })
  const troubleOf = (error: unknown) => readTrouble(error, hasWordsFor)
  const codes = createLoginCodes({ fetchCode: fetchLoginCode, prepare: api.prepare, clock: Date.now })
  const session = createSession({
    tokens: createTokens(keep, Date.now),
    findTokens: createFindTokens(api, codes),
    endOnServer: createEndOnServer(api),
    readMember: api.me,
    troubleOf,
    clock: Date.now,
  })
  onStorageChange(() => void session.resume())
  const login = createLogin({
    codes,
    login: api.login,
    session,
    troubleOf,
    clock: Date.now,
    later(ms, deed) {
      const timer = setTimeout(deed, ms)
      return () => clearTimeout(timer)
    },
  })
  // Where the phone button asks for consent by itself, whatever else needs it is left to WeChat's own sheet.
  if (!asksConsentItself(system.sdkVersion)) onNeedConsent(login.askConsent)
  const devices = createDevices({ session, api, troubleOf })
  const language = createLanguageChoice(keep, system.language)
  const mark = () => markLanguage(language.get())
  language.watch(mark)
  mark()
  return { system, language, session, devices, login, clock: () => new Date() }
}
