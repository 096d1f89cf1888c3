import { createPushSender, type PushSender } from '../push/push-sender.ts'
import type { WeChatApp } from '../state/apps.ts'
import type { Charges } from '../state/charges.ts'
import { toBlockList } from '../state/ip-list.ts'
import { QUOTAS, type QuotaName } from '../state/quotas.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import type { SessionKeyRotation } from '../state/session-keys.ts'
import type { SandboxState } from '../state/state.ts'
import type { Token, TokenKind } from '../state/tokens.ts'

/** WeChat's console for one app, and events that affect the app from outside. */
export interface AppConsole {
  readonly appId: string
  readonly secret: string
  freezeSecret(): void
  unfreezeSecret(): void
  /** Only these addresses and networks may use the secret (40164); `undefined` allows every address. */
  setIpWhitelist(list: readonly string[] | undefined): void
  /** The remaining calls in this minute or day. */
  quotaLeft(name: QuotaName): number
  setQuotaLeft(name: QuotaName, left: number): void
  /** Paid taps on the phone button; `undefined` for no limit. */
  setPhoneTapsLeft(left: number | undefined): void
  /** The price of the phone button so far. */
  readonly charges: Charges
  /** Replaces a token at once, as another holder of the secret would: the last token becomes 40001. */
  replaceToken(kind?: TokenKind): void
  /** The valid tokens, newest last. */
  readonly tokens: readonly Pick<Token, 'value' | 'kind' | 'issuedAt' | 'expiresAt'>[]
  /** When `wx.login` replaces session keys. Applies to every app. */
  setSessionKeyRotation(rotation: SessionKeyRotation): void
  readonly push: PushSender
}

/** The console stays valid after a reset: each call looks up the app in the current state. */
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
      toBlockList(list ?? []) // throws for a bad entry now, not at the next call
      app().ipWhitelist = list
    },
    quotaLeft: (name) => state().quotas.left(parseQuotaName(name), app()),
    setQuotaLeft: (name, left) => state().quotas.setLeft(parseQuotaName(name), app(), left),
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

/** Checked at run time because JavaScript and HTTP callers can pass any text. */
export function parseQuotaName(name: string): QuotaName {
  if (isQuotaName(name)) return name
  throw new SandboxUsageError(
    'NOT_FOUND',
    `no quota is named ${name}: use one of ${Object.keys(QUOTAS).join(', ')}`,
  )
}

const isQuotaName = (name: string): name is QuotaName => Object.hasOwn(QUOTAS, name)
