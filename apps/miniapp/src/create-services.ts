import Taro from '@tarojs/taro'
import { createApiClient } from './api/api-client.ts'
import { type AuthStore, createAuthStore } from './auth/auth-store.ts'
import { createDeviceStore, type DeviceStore } from './auth/device-store.ts'
import { getOrCreateInstallationId } from './auth/installation-id.ts'
import { createLoginCodeCache } from './auth/login-code-cache.ts'
import { createRestoreTokens } from './auth/restore-tokens.ts'
import { createRevokeOnServer } from './auth/revoke-session.ts'
import { createTokenStorage } from './auth/token-storage.ts'
import { apiUrl } from './env.ts'
import { toAppError } from './errors/app-error.ts'
import { hasMessageFor } from './i18n/error-messages.ts'
import { createLanguageChoice, type LanguageChoice } from './i18n/language.ts'
import { createPersistentMap } from './lib/persistent-map.ts'
import { createLoginStore, type LoginStore } from './login/login-store.ts'
import { supportsCoupledConsent } from './login/phone-open-type.ts'
import { setDocumentLanguage } from './platform/document-language.ts'
import { fetchLoginCode } from './platform/login-code.ts'
import { onConsentNeeded } from './platform/privacy-consent.ts'
import { platformStorage } from './platform/storage.ts'
import { onStorageChange } from './platform/storage-events.ts'
import { readSystemInfo, type SystemInfo } from './platform/system.ts'

/** What pages and components depend on. */
export interface Services {
  readonly system: SystemInfo
  readonly language: LanguageChoice
  readonly auth: AuthStore
  readonly devices: DeviceStore
  readonly login: LoginStore
  readonly clock: () => Date
}

/** Builds the object graph of the app: the only place that connects storage, network, clock and randomness. */
export function createServices(): Services {
  const system = readSystemInfo()
  const storage = createPersistentMap(platformStorage)
  const api = createApiClient({
    url: apiUrl,
    request: (options) => Taro.request(options),
    installationId: getOrCreateInstallationId(storage, Math.random),
    deviceName: system.deviceName,
  })
  const toKnownAppError = (error: unknown) => toAppError(error, hasMessageFor)
  const codes = createLoginCodeCache({ fetchCode: fetchLoginCode, prepare: api.prepare, clock: Date.now })
  const auth = createAuthStore({
    tokens: createTokenStorage(storage, Date.now),
    restoreTokens: createRestoreTokens(api, codes),
    revokeOnServer: createRevokeOnServer(api),
    readMember: api.me,
    toAppError: toKnownAppError,
    clock: Date.now,
  })
  onStorageChange(() => void auth.restore())
  const login = createLoginStore({
    codes,
    login: api.login,
    auth,
    toAppError: toKnownAppError,
    clock: Date.now,
    setTimer(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
  })
  // A coupled phone button asks for consent itself; WeChat's own sheet then serves every other need for consent.
  if (!supportsCoupledConsent(system.sdkVersion)) onConsentNeeded(login.requestConsent)
  const devices = createDeviceStore({ auth, api, toAppError: toKnownAppError })
  const language = createLanguageChoice(storage, system.language)
  const updateDocument = () => setDocumentLanguage(language.get())
  language.subscribe(updateDocument)
  updateDocument()
  return { system, language, auth, devices, login, clock: () => new Date() }
}
