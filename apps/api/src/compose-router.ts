import type { AppRouter } from '@kinpass/contracts'
import type { WeChat } from '@kinpass/wechat'
import { createAuditRefusals } from './audit/audit-refusals.ts'
import type { CallGate } from './call-gate.ts'
import { createDataKeys } from './keys/data-keys.ts'
import type { SigningKeys } from './keys/signing-keys.ts'
import type { KeyValue } from './keyvalue/key-value.ts'
import type { Logger } from './logger.ts'
import { createAnswerLogin } from './login/answer-login.ts'
import { createAskOnce } from './login/ask-once.ts'
import { createWeChatCodes } from './login/wechat-codes.ts'
import type { RecordStore } from './records.ts'
import { createRouter } from './router.ts'
import { createAccessTokens } from './session/access-token.ts'
import { createBeginSession } from './session/begin-session.ts'
import { createIdentifyCaller } from './session/caller.ts'
import { createCurrentSession } from './session/current-session.ts'
import { createRefreshTokens } from './session/refresh-token.ts'
import { createTokenPairs } from './session/token-pair.ts'
import type { Environment } from './settings.ts'

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
