import Taro from '@tarojs/taro'
import { createApi } from './api/api.ts'
import { readTrouble } from './api/trouble.ts'
import { apiUrl } from './env.ts'
import { createKeep } from './keep.ts'
import { createLogin, type Login } from './login/login.ts'
import { createLoginCodes } from './login/login-code.ts'
import { readInstallationId } from './session/installation-id.ts'
import { createSession, type Session } from './session/session.ts'
import { createTokens } from './session/tokens.ts'
import { fetchLoginCode } from './wechat/fetch-login-code.ts'
import { storage } from './wechat/storage.ts'
import { readSystem, type System } from './wechat/system.ts'
import { createLanguageChoice, type LanguageChoice } from './words/language.ts'
import { hasWordsFor } from './words/trouble-copy.ts'

/** What the screens work with. */
export interface Parts {
  readonly system: System
  readonly language: LanguageChoice
  readonly session: Session
  readonly login: Login
  readonly clock: () => Date
}

/** Builds the app out of WeChat's real storage, network, clock and chance. Nothing else knows them. */
export function compose(): Parts {
  const system = readSystem()
  const keep = createKeep(storage)
  const tokens = createTokens(keep)
  const api = createApi({
    url: apiUrl,
    request: (options) => Taro.request(options),
    installationId: readInstallationId(keep, Math.random),
    token: tokens.get,
  })
  const troubleOf = (error: unknown) => readTrouble(error, hasWordsFor)
  const session = createSession({ tokens, readMember: api.me, troubleOf })
  const login = createLogin({
    codes: createLoginCodes(fetchLoginCode, Date.now),
    login: api.login,
    enter: ({ token, member }) => session.enter(token, member),
    troubleOf,
    clock: Date.now,
    later(ms, deed) {
      const timer = setTimeout(deed, ms)
      return () => clearTimeout(timer)
    },
  })
  const language = createLanguageChoice(keep, system.language)
  return { system, language, session, login, clock: () => new Date() }
}
