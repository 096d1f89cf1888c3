import { createPushSender, type PushSender } from '../push/push.ts'
import type { WeChatApp } from '../state/apps.ts'
import type { Charges } from '../state/charges.ts'
import { toBlockList } from '../state/ip-list.ts'
import { QUOTAS, type QuotaName } from '../state/quotas.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import type { SessionKeyRotation } from '../state/session-keys.ts'
import type { SandboxState } from '../state/state.ts'
import type { Token, TokenKind } from '../state/tokens.ts'

/** What an app's owner sees and sets in WeChat's console, and what happens to an app from outside. */
export interface AppConsole {
  readonly appId: string
  readonly secret: string
  freezeSecret(): void
  unfreezeSecret(): void
  /** Only these addresses and networks may use the secret (40164); `undefined` lets everyone. */
  setIpWhitelist(list: readonly string[] | undefined): void
  /** What is left of a quota in this minute or day. */
  quotaLeft(name: QuotaName): number
  setQuotaLeft(name: QuotaName, left: number): void
  /** Taps on the phone button that are paid for; `undefined` for no end of them. */
  setPhoneTapsLeft(left: number | undefined): void
  /** What the phone button would have cost so far. */
  readonly charges: Charges
  /** Replaces a token at once, as a stranger with the secret would: the last one is 40001 from here on. */
  replaceToken(kind?: TokenKind): void
  /** The tokens that work at this moment, newest last. */
  readonly tokens: readonly Pick<Token, 'value' | 'kind' | 'issuedAt' | 'expiresAt'>[]
  /** When `wx.login` replaces session keys (in every app). */
  setSessionKeyRotation(rotation: SessionKeyRotation): void
  readonly push: PushSender
}

/** The handle keeps its meaning over a reset: it looks the app up each time. */
export function createAppConsole(state: () => SandboxState, { appId, secret }: WeChatApp): AppConsole {
  const app = () => state().apps.get(appId)

  return {
    appId,
    secret,
    freezeSecret() {
      app().secretFrozen = true
    },
    unfreezeSecret() {
      app().secretFrozen = false
    },
    setIpWhitelist(list) {
      toBlockList(list ?? [])
      app().ipWhitelist = list
    },
    quotaLeft: (name) => state().quotas.left(readQuotaName(name), app()),
    setQuotaLeft: (name, left) => state().quotas.setLeft(readQuotaName(name), app(), left),
    setPhoneTapsLeft(left) {
      app().phoneTapsLeft = left
    },
    get charges() {
      return state().charges.read(app())
    },
    replaceToken(kind = 'stable') {
      state().tokens.renew(app(), kind, 0)
    },
    get tokens() {
      return state()
        .tokens.valid()
        .filter((token) => token.app === app())
        .map(({ value, kind, issuedAt, expiresAt, graceUntil }) => ({
          value,
          kind,
          issuedAt,
          expiresAt: graceUntil ?? expiresAt,
        }))
    },
    setSessionKeyRotation(rotation) {
      state().sessionKeys.rotation = rotation
    },
    push: createPushSender(state, app),
  }
}

/** Callers in JavaScript, and those over HTTP, may ask for any name. */
export function readQuotaName(name: string): QuotaName {
  if (isQuotaName(name)) return name
  throw new SandboxUsageError(
    'NOT_FOUND',
    `no quota is called ${name}: there is ${Object.keys(QUOTAS).join(', ')}`,
  )
}

const isQuotaName = (name: string): name is QuotaName => Object.hasOwn(QUOTAS, name)
