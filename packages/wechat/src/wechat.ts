import { setTimeout as delay } from 'node:timers/promises'
import { createAccessTokenSource } from './access-token/access-token-source.ts'
import { createForceRefresh, type ForcedRefresh } from './access-token/force-refresh.ts'
import { createSendWithToken } from './access-token/send-with-token.ts'
import { createTokenStore } from './access-token/token-store.ts'
import { checksession } from './endpoints/checksession.ts'
import { getuserphonenumber } from './endpoints/getuserphonenumber.ts'
import { jscode2session, type LoginSession } from './endpoints/jscode2session.ts'
import { msgSecCheck, type TextToCheck, type TextVerdict } from './endpoints/msg-sec-check.ts'
import { resetusersessionkey } from './endpoints/resetusersessionkey.ts'
import { type StableToken, stableToken } from './endpoints/stable-token.ts'
import type { KeyValue } from './key-value/key-value.ts'
import { createMemoryKeyValue } from './key-value/memory.ts'
import { type DecryptedData, decrypt, type EncryptedData } from './payload/decrypt.ts'
import type { PhoneInfo } from './payload/phone-payload.ts'
import { type SignedData, verifySignature } from './payload/verify-signature.ts'
import type { Emit } from './protocol/events.ts'
import { type ParsedPush, type PushKeys, type PushRequest, parsePush } from './push/parse-push.ts'
import type { CircuitBreakerOptions } from './transport/circuit-breaker.ts'
import { createHttpSend } from './transport/http.ts'
import { createSend } from './transport/send.ts'

/** The lease outlasts the slowest token fetch, retries included, by this margin. */
const LEASE_MARGIN_MS = 1_000

/** Settings and dependencies of the client; only `appId` and `secret` are required. */
export interface WeChatOptions {
  readonly appId: string
  readonly secret: string
  /** Default: `https://api.weixin.qq.com`. Tests and development use a sandbox. May contain a path. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly clock?: () => Date
  /** From 0 to below 1. */
  readonly random?: () => number
  readonly sleep?: (ms: number) => Promise<void>
  /** Fetches access tokens from a central token service. Default: stable_token. */
  readonly fetchAccessToken?: () => Promise<StableToken>
  /** Stores the access token and the lease of its fetch. Default: this process's memory. */
  readonly keyValue?: KeyValue
  /** Deadline of one request, including the response body. Default: 5 s. */
  readonly deadlineMs?: number
  /** For how long retries of one call may start. Default: 8 s. */
  readonly retryBudgetMs?: number
  /** Circuit breaker of each endpoint. Default: opens for 10 s after 5 outages in a row. */
  readonly circuit?: CircuitBreakerOptions
  /** Maximum age of a watermark. Default: 10 minutes, a code's lifetime of five plus five for clock skew. */
  readonly maxWatermarkAgeMs?: number
  /** The message-push settings of the console; required by `parsePush`. */
  readonly push?: Omit<PushKeys, 'appId'>
  readonly onEvent?: Emit
}

/**
 * WeChat's server API for one mini-program.
 *
 * Methods throw `WeChatApiError`, `WeChatUnreachableError` or `WeChatResponseError`.
 *
 * @example
 * await using wechat = createWeChat({ appId, secret })
 * const { openId, sessionKey } = await wechat.exchangeLoginCode(loginCode)
 */
export interface WeChat extends AsyncDisposable {
  /** Exchanges a login code of `wx.login`. The code is sent to WeChat once. */
  exchangeLoginCode(loginCode: string): Promise<LoginSession>
  /**
   * Exchanges a phone code of WeChat's phone button. The code is sent once more only after a token error.
   * If `openId` is set, WeChat verifies that the code belongs to that user.
   */
  exchangePhoneCode(query: { phoneCode: string; openId?: string | undefined }): Promise<PhoneInfo>
  /** Returns whether a session key is still the user's latest. */
  checkSession(session: UserSession): Promise<boolean>
  /** Replaces a user's session key; the old one is revoked at once. */
  resetSessionKey(session: UserSession): Promise<UserSession>
  /** Checks whether a text may be shown to other users. */
  checkText(text: TextToCheck): Promise<TextVerdict>
  /** Decrypts `encryptedData` of the mini-program; verifies appid, age and, if set, openid. */
  decrypt<K extends keyof DecryptedData>(encrypted: EncryptedData<K>): DecryptedData[K]
  /** Returns whether WeChat signed `rawData` for the user of this session key. */
  verifySignature(signed: SignedData): boolean
  /** Verifies, decrypts and parses a push. Throws `TypeError` unless the option `push` is set. */
  parsePush(request: PushRequest): ParsedPush
  /**
   * Revokes the access token and fetches another. For an operator's explicit command only: WeChat allows 20 a day.
   * Throws `ForceRefreshRejectedError` if WeChat would ignore the request.
   */
  forceRefreshAccessToken(): Promise<ForcedRefresh>
}

/** A user and their session key. */
export interface UserSession {
  readonly openId: string
  readonly sessionKey: string
}

/** Creates a client. It sends nothing before the first call. Dispose of it to stop the token renewal timer. */
export function createWeChat(options: WeChatOptions): WeChat {
  const {
    appId,
    secret,
    baseUrl = 'https://api.weixin.qq.com',
    clock = () => new Date(),
    random = Math.random,
    sleep = delay,
    deadlineMs = 5_000,
    retryBudgetMs = 8_000,
    onEvent: emit = () => undefined,
  } = options
  const { keyValue = createMemoryKeyValue({ clock }) } = options
  const httpSend = createHttpSend({ fetch: options.fetch ?? fetch }, { baseUrl, deadlineMs })
  const send = createSend(
    { httpSend, clock, random, sleep, emit },
    { retryBudgetMs, circuit: options.circuit ?? { failures: 5, openMs: 10_000 } },
  )
  const tokenSource = createAccessTokenSource(
    {
      store: createTokenStore({ keyValue, clock, emit }, { appId }),
      fetchToken: options.fetchAccessToken ?? (() => stableToken({ send, appId, secret })),
      clock,
      random,
      sleep,
      emit,
    },
    { leaseMs: retryBudgetMs + deadlineMs + LEASE_MARGIN_MS, leaseWaitMs: deadlineMs },
  )
  const sendWithToken = createSendWithToken({ send, tokenSource })
  const watermarkRule = { appId, clock, maxAgeMs: options.maxWatermarkAgeMs ?? 10 * 60_000 }

  return {
    exchangeLoginCode: (loginCode) => jscode2session({ send, appId, secret }, loginCode),
    exchangePhoneCode: (query) => getuserphonenumber({ send: sendWithToken, watermarkRule }, query),
    checkSession: (session) => checksession({ send: sendWithToken }, session),
    resetSessionKey: (session) => resetusersessionkey({ send: sendWithToken }, session),
    checkText: (text) => msgSecCheck({ send: sendWithToken }, text),
    decrypt: (encrypted) => decrypt(encrypted, watermarkRule),
    verifySignature,
    parsePush(request) {
      if (options.push === undefined)
        throw new TypeError('The option `push` is missing: pass it to createWeChat.')
      return parsePush(request, { appId, ...options.push })
    },
    forceRefreshAccessToken: createForceRefresh({ send, keyValue, tokenSource, clock }, { appId, secret }),
    [Symbol.asyncDispose]: () => tokenSource[Symbol.asyncDispose](),
  }
}
