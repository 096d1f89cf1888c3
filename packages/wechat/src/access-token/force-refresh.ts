import { stableToken } from '../endpoints/stable-token.ts'
import type { KeyValue } from '../key-value/key-value.ts'
import type { Ask } from '../transport/send.ts'
import type { AccessTokens } from './access-tokens.ts'

const DAILY_QUOTA = 20
const LEAST_APART_MS = 30_000
const DAY_MS = 24 * 3_600_000
const BEIJING_AHEAD_MS = 8 * 3_600_000

/** What is left after a forced refresh, as far as the shared store knows. */
export interface ForcedRefresh {
  readonly expiresInSeconds: number
  /** Of WeChat's 20 a day, which end at midnight in Beijing. */
  readonly leftToday: number
}

/** A forced refresh was not sent to WeChat, because it would do nothing or because the day's are spent. */
export class ForceRefreshHeld extends Error {
  override readonly name = 'ForceRefreshHeld'
  readonly code = 'WECHAT_FORCE_REFRESH_HELD'
  readonly reason: 'too-soon' | 'quota-spent'

  constructor(reason: ForceRefreshHeld['reason']) {
    super(
      reason === 'too-soon'
        ? 'WeChat ignores a forced refresh within 30 seconds of the last: wait, then repeat the command.'
        : 'The 20 forced refreshes of the day are spent: reset the AppSecret in the console to kill a leaked token.',
    )
    this.reason = reason
  }
}

/**
 * Makes the command that kills the access token and takes another. To kill a leaked token give it twice, more
 * than 30 seconds apart, since the first leaves the old token alive for a while.
 */
export function createForceRefresh(options: {
  ask: Ask
  appId: string
  secret: string
  keyValue: KeyValue
  tokens: AccessTokens
  clock: () => Date
}): () => Promise<ForcedRefresh> {
  const { ask, appId, secret, keyValue, tokens, clock } = options

  return async () => {
    const askedAt = clock()
    const prefix = `wechat:${appId}:forced-refresh`
    if (!(await keyValue.setIfAbsent(`${prefix}-last`, 'asked', { ttlMs: LEAST_APART_MS }))) {
      throw new ForceRefreshHeld('too-soon')
    }
    const used = await keyValue.increment(`${prefix}-count:${beijingDate(askedAt)}`, { ttlMs: DAY_MS })
    if (used > DAILY_QUOTA) throw new ForceRefreshHeld('quota-spent')
    const fetched = await stableToken({ ask, appId, secret }, { force: true })
    await tokens.replaceAll(fetched, askedAt)
    return { expiresInSeconds: fetched.expiresInSeconds, leftToday: DAILY_QUOTA - used }
  }
}

function beijingDate(time: Date): string {
  return new Date(time.getTime() + BEIJING_AHEAD_MS).toISOString().slice(0, 10)
}
