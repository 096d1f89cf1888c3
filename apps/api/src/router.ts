import { type AppRouter, createAppRouter } from '@kinpass/contracts'
import type { KeyValue, WeChat } from '@kinpass/wechat'
import { createAuditFailures } from './audit/audit-failures.ts'
import type { Config } from './config/schema.ts'
import type { AppHandlers } from './handlers/app-handlers.ts'
import { createLoginHandler } from './handlers/login.ts'
import { createMeHandler } from './handlers/me.ts'
import { createSessionListHandler } from './handlers/session/list.ts'
import { createSessionLogoutHandler } from './handlers/session/logout.ts'
import { createSessionLogoutEverywhereHandler } from './handlers/session/logout-everywhere.ts'
import { createSessionPrepareHandler } from './handlers/session/prepare.ts'
import { createSessionRenewHandler } from './handlers/session/renew.ts'
import { createSessionResumeHandler } from './handlers/session/resume.ts'
import { createSessionRevokeHandler } from './handlers/session/revoke.ts'
import type { ConcurrencyLimiter } from './http/concurrency-limiter.ts'
import { createKeyRing } from './keys/key-ring.ts'
import type { SigningKeys } from './keys/signing-keys.ts'
import type { Logger } from './log/logger.ts'
import { createCodeExchanger } from './login/code-exchanger.ts'
import { createExchangeOnce } from './login/exchange-once.ts'
import { createLoginReplay } from './login/idempotent-login.ts'
import { createStartSession } from './login/start-session.ts'
import { createMiddleware } from './middleware.ts'
import { createReadClientInfo } from './request/client-info.ts'
import { createEndSessions } from './stores/end-sessions.ts'
import type { StoresWithTransaction } from './stores/stores.ts'
import { createAccessTokenCodec } from './tokens/access-token.ts'
import { createAuthenticate } from './tokens/authenticate.ts'
import { createIssueTokens } from './tokens/issue-tokens.ts'
import { createRefreshTokenCodec } from './tokens/refresh-token.ts'

/** Builds the services from the open resources, and the router from the handlers. */
export function createRouter(
  config: Config,
  deps: {
    limiter: ConcurrencyLimiter
    stores: StoresWithTransaction
    keyValue: KeyValue
    wechat: WeChat
    signingKeys: SigningKeys
    logger: Logger
    clock: () => Date
    random: () => number
  },
): AppRouter {
  const { limiter, stores, keyValue, wechat, signingKeys, logger, clock, random } = deps
  const { sessions, audit } = stores
  const policy = {
    idleSeconds: config.SESSION_IDLE_SECONDS,
    absoluteSeconds: config.SESSION_ABSOLUTE_SECONDS,
    graceSeconds: config.REFRESH_GRACE_SECONDS,
  }
  const keyRing = createKeyRing(config.DATA_SECRET)
  const readClientInfo = createReadClientInfo(keyRing)
  const accessTokens = createAccessTokenCodec({
    keys: signingKeys,
    lifetimeSeconds: config.TOKEN_LIFETIME_SECONDS,
    clock,
  })
  const refreshTokens = createRefreshTokenCodec(keyRing)
  const issueTokens = createIssueTokens({ accessTokens, refreshTokens, clock })
  const codes = createCodeExchanger({
    wechat,
    exchangeOnce: createExchangeOnce({ keyValue, keyRing, clock }),
    phoneBinding: config.WECHAT_PHONE_BINDING,
  })
  const startSession = createStartSession({ keyRing, refreshTokens, policy, clock })
  const loginReplay = createLoginReplay({ sessions, issueTokens, policy, clock })
  const endSessions = createEndSessions({ stores, readClientInfo, clock })

  const handlers: AppHandlers = {
    login: createLoginHandler({ codes, stores, keyRing, readClientInfo, startSession, loginReplay, random }),
    me: createMeHandler(),
    session: {
      prepare: createSessionPrepareHandler({ codes, readClientInfo }),
      resume: createSessionResumeHandler({
        codes,
        stores,
        keyRing,
        readClientInfo,
        startSession,
        loginReplay,
      }),
      renew: createSessionRenewHandler({
        stores,
        refreshTokens,
        issueTokens,
        readClientInfo,
        keyRing,
        policy,
        clock,
      }),
      list: createSessionListHandler({ sessions, policy, clock }),
      revoke: createSessionRevokeHandler({ endSessions }),
      logout: createSessionLogoutHandler({ endSessions }),
      logoutEverywhere: createSessionLogoutEverywhereHandler({ endSessions }),
    },
  }
  return createAppRouter({
    handlers,
    authenticate: createAuthenticate({ sessions, accessTokens, policy, clock }),
    middleware: createMiddleware({
      limiter,
      auditFailures: createAuditFailures({
        audit,
        readClientInfo,
        clock,
        onWriteError: (err) => logger.error({ err }, 'audit write failed'),
      }),
    }),
  })
}
