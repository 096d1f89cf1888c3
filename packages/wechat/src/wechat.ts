import { setTimeout as sleepFor } from 'node:timers/promises'
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
import { type Decrypted, decrypt, type Encrypted } from './payload/decrypt.ts'
import type { VerifiedPhone } from './payload/phone-payload.ts'
import { type SignedData, verifySignature } from './payload/verify-signature.ts'
import type { Emit } from './protocol/events.ts'
import { type ParsedPush, type PushKeys, type PushRequest, parsePush } from './push/parse-push.ts'
import { createHttpSend } from './transport/http.ts'
import { createSend } from './transport/send.ts'

/** Everything a client needs; only the appid and its AppSecret have no default. */
export interface WeChatOptions {
  readonly appId: string
  readonly secret: string
  /** `https://api.weixin.qq.com` unless given; tests and development put a local WeChat here. May end in a path. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly clock?: () => Date
  /** From 0 to below 1. */
  readonly random?: () => number
  readonly sleep?: (ms: number) => Promise<void>
  /** Where access tokenSource come from, for a system whose central service hands them out; stable_token unless given. */
  readonly fetchAccessToken?: () => Promise<StableToken>
  /** Where the access token and the lease of its fetch live; this process's memory unless given. */
  readonly keyValue?: KeyValue
  /** How long one request may take, answer and all. 5 s unless given. */
  readonly deadlineMs?: number
  /** How long a call that may be repeated goes on starting attempts. 8 s unless given. */
  readonly retryBudgetMs?: number
  /** A circuit opens after so many outages in a row (5), for so long (10 s). */
  readonly circuit?: { readonly failures: number; readonly openMs: number }
  /** How old a watermark may be. 10 minutes unless given: a code's five, and five for clocks that differ. */
  readonly maxWatermarkAgeMs?: number
  /** What the console's page on message push is filled with. */
  readonly push?: Omit<PushKeys, 'appId'>
  readonly onEvent?: Emit
}

/** WeChat's server API for one mini-program. Every call ends with an answer or one of the three errors. */
export interface WeChat extends AsyncDisposable {
  /** Exchanges a login code of `wx.login`, which is sent to WeChat once and never again. */
  exchangeLoginCode(loginCode: string): Promise<LoginSession>
  /**
   * Exchanges a phone code of WeChat's phone button, which is sent once, and again only after a token error.
   * With `openId`, WeChat checks that the code belongs to that user.
   */
  phoneNumber(query: { phoneCode: string; openId?: string | undefined }): Promise<VerifiedPhone>
  /** Tells whether a session key is still the user's latest. */
  checkSession(session: UserSession): Promise<boolean>
  /** Replaces a user's session key; the old one dies at once. */
  resetSessionKey(session: UserSession): Promise<UserSession>
  /** Asks WeChat whether a text may be shown to others. */
  checkText(text: TextToCheck): Promise<TextVerdict>
  /** Decrypts what the older flow sends through the mini-program, and checks whose it is and how old. */
  decrypt<K extends keyof Decrypted>(encrypted: Encrypted<K>): Decrypted[K]
  /** Tells whether WeChat signed this `rawData` for the user of this session key. */
  verifySignature(signed: SignedData): boolean
  /** Reads a message push, for which the options need `push`. */
  parsePush(request: PushRequest): ParsedPush
  /**
   * Kills the access token and takes another: 20 a day, for an operator's explicit command only.
   * Throws `ForceRefreshHeld` where WeChat would do nothing.
   */
  forceRefreshAccessToken(): Promise<ForcedRefresh>
}

/** A user's session key, and whose it is. */
export interface UserSession {
  readonly openId: string
  readonly sessionKey: string
}

/** A client for one mini-program. Nothing is sent before the first call. Dispose of it to end its timer. */
export function createWeChat(options: WeChatOptions): WeChat {
  const {
    appId,
    secret,
    baseUrl = 'https://api.weixin.qq.com',
    clock = () => new Date(),
    random = Math.random,
    sleep = sleepFor,
    deadlineMs = 5_000,
    retryBudgetMs = 8_000,
    onEvent: emit = () => undefined,
  } = options
  const { keyValue = createMemoryKeyValue({ clock }) } = options
  const call = createHttpSend({ baseUrl, deadlineMs, fetch: options.fetch ?? fetch })
  const repeating = { budgetMs: retryBudgetMs, clock, random, sleep, emit }
  const send = createSend({ call, repeating, circuit: options.circuit ?? { failures: 5, openMs: 10_000 } })
  const tokenSource = createAccessTokenSource({
    store: createTokenStore({ keyValue, appId, clock, emit }),
    fetchToken: options.fetchAccessToken ?? (() => stableToken({ send, appId, secret })),
    leaseMs: retryBudgetMs + deadlineMs + 1_000,
    leaseWaitMs: deadlineMs,
    clock,
    random,
    sleep,
    emit,
  })
  const sendWithToken = createSendWithToken({ send, tokenSource })
  const watermark = { appId, clock, maxAgeMs: options.maxWatermarkAgeMs ?? 10 * 60_000 }

  return {
    exchangeLoginCode: (loginCode) => jscode2session({ send, appId, secret }, loginCode),
    phoneNumber: (query) => getuserphonenumber({ send: sendWithToken, watermark }, query),
    checkSession: (session) => checksession({ send: sendWithToken }, session),
    resetSessionKey: (session) => resetusersessionkey({ send: sendWithToken }, session),
    checkText: (text) => msgSecCheck({ send: sendWithToken }, text),
    decrypt: (encrypted) => decrypt(encrypted, watermark),
    verifySignature,
    parsePush(request) {
      if (options.push === undefined) throw new TypeError('parsePush needs the option `push` of createWeChat')
      return parsePush(request, { appId, ...options.push })
    },
    forceRefreshAccessToken: createForceRefresh({ send, appId, secret, keyValue, tokenSource, clock }),
    [Symbol.asyncDispose]: () => tokenSource[Symbol.asyncDispose](),
  }
}
