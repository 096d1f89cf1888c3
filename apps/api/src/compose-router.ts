import type { AppRouter } from '@kinpass/contracts'
import type { KeyValue, WeChat } from '@kinpass/wechat'
import { createAuditRefusals } from './audit/audit-failures.ts'
import type { Environment } from './config/schema.ts'
import type { CallGate } from './http/concurrency-limiter.ts'
import { createDataKeys } from './keys/key-ring.ts'
import type { SigningKeys } from './keys/signing-keys.ts'
import type { Logger } from './log/logger.ts'
import { createAskOnce } from './login/exchange-once.ts'
import { createAnswerLogin } from './login/idempotent-login.ts'
import { createBeginSession } from './login/start-session.ts'
import { createWeChatCodes } from './login/wechat-codes.ts'
import { createIdentifyCaller } from './request/client-info.ts'
import { createRouter } from './router.ts'
import type { RecordStore } from './stores/stores.ts'
import { createAccessTokens } from './tokens/access-token.ts'
import { createCurrentSession } from './tokens/authenticate.ts'
import { createRefreshTokens } from './tokens/refresh-token.ts'
import { createTokenPairs } from './tokens/token-pair.ts'

/** Builds the deeds and binds them to the contract; all that holds a socket is given. */
export function composeRouter(
  environment: Environment,
  parts: {
    gate: CallGate
    records: RecordStore
    keyValue: KeyValue
    wechat: WeChat
    signingKeys: SigningKeys
    logger: Logger
    clock: () => Date
    random: () => number
  },
): AppRouter {
  const { records, keyValue, wechat, signingKeys, logger, clock } = parts
  const { sessions } = records
  const life = {
    idleSeconds: environment.SESSION_IDLE_SECONDS,
    absoluteSeconds: environment.SESSION_ABSOLUTE_SECONDS,
    graceSeconds: environment.REFRESH_GRACE_SECONDS,
  }
  const dataKeys = createDataKeys(environment.DATA_SECRET)
  const lifetimeSeconds = environment.TOKEN_LIFETIME_SECONDS
  const accessTokens = createAccessTokens({ keys: signingKeys, lifetimeSeconds, clock })
  const refreshTokens = createRefreshTokens(dataKeys)
  const makeTokenPair = createTokenPairs({ accessTokens, refreshTokens, clock })
  const identifyCaller = createIdentifyCaller(dataKeys)

  return createRouter({
    ...parts,
    life,
    dataKeys,
    identifyCaller,
    refreshTokens,
    makeTokenPair,
    codes: createWeChatCodes({
      wechat,
      askOnce: createAskOnce({ keyValue, dataKeys, clock }),
      phoneBinding: environment.WECHAT_PHONE_BINDING,
    }),
    beginSession: createBeginSession({
      dataKeys,
      refreshTokens,
      absoluteLifetimeSeconds: life.absoluteSeconds,
      clock,
    }),
    answerLogin: createAnswerLogin({ sessions, makeTokenPair, life, clock }),
    currentSession: createCurrentSession({ sessions, accessTokens, life, clock }),
    auditRefusals: createAuditRefusals({
      audit: records.audit,
      identifyCaller,
      clock,
      onLost: (err) => logger.error({ err }, 'a refusal could not be written to the audit'),
    }),
  })
}
