import Taro from '@tarojs/taro'
import { createApi } from './api/api.ts'
import { createSession, type Session } from './auth/auth-store.ts'
import { createDevices, type Devices } from './auth/device-store.ts'
import { readInstallationId } from './auth/installation-id.ts'
import { createLoginCodes } from './auth/login-code-cache.ts'
import { createFindTokens } from './auth/restore-tokens.ts'
import { createEndOnServer } from './auth/revoke-session.ts'
import { createTokens } from './auth/token-storage.ts'
import { apiUrl } from './env.ts'
import { readTrouble } from './errors/app-error.ts'
import { hasWordsFor } from './i18n/error-messages.ts'
import { createLanguageChoice, type LanguageChoice } from './i18n/language.ts'
import { createKeep } from './lib/persistent-map.ts'
import { createLogin, type Login } from './login/login-store.ts'
import { asksConsentItself } from './login/phone-open-type.ts'
import { markLanguage } from './platform/document-language.ts'
import { fetchLoginCode } from './platform/login-code.ts'
import { onNeedConsent } from './platform/privacy-consent.ts'
import { storage } from './platform/storage.ts'
import { onStorageChange } from './platform/storage-events.ts'
import { readSystem, type System } from './platform/system.ts'

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
