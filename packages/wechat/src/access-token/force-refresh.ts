import { stableToken } from '../endpoints/stable-token.ts'
import type { KeyValue } from '../key-value/key-value.ts'
import type { Send } from '../transport/send.ts'
import type { AccessTokenSource } from './access-token-source.ts'

const DAILY_QUOTA = 20
const MIN_INTERVAL_MS = 30_000
const DAY_MS = 24 * 3_600_000
const BEIJING_UTC_OFFSET_MS = 8 * 3_600_000

/** The result of a forced refresh. */
export interface ForcedRefresh {
  readonly expiresInSeconds: number
  /** What remains of WeChat's daily quota of 20, as counted in the key-value store. Resets at midnight in Beijing. */
  readonly remainingToday: number
}

/** A forced refresh was not sent, because WeChat would ignore it or the daily quota is used up. */
export class ForceRefreshRejectedError extends Error {
  override readonly name = 'ForceRefreshRejectedError'
  readonly code = 'WECHAT_FORCE_REFRESH_HELD'
  readonly reason: 'too-soon' | 'quota-spent'

  constructor(reason: ForceRefreshRejectedError['reason']) {
    super(
      reason === 'too-soon'
        ? 'WeChat ignores a forced refresh within 30 seconds of the last one: wait, then repeat the command.'
        : 'The 20 forced refreshes of the day are used up: reset the AppSecret in the console to revoke a leaked token.',
    )
    this.reason = reason
  }
}

/**
 * Creates the command that revokes the access token and fetches another.
 *
 * To revoke a leaked token, run it twice, more than 30 seconds apart: after the first run WeChat may accept the
 * old token for a while.
 */
export function createForceRefresh(
  deps: { send: Send; keyValue: KeyValue; tokenSource: AccessTokenSource; clock: () => Date },
  { appId, secret }: { appId: string; secret: string },
): () => Promise<ForcedRefresh> {
  const { send, keyValue, tokenSource, clock } = deps

  return async () => {
    const requestedAt = clock()
    const prefix = `wechat:${appId}:forced-refresh`
    if (!(await keyValue.setIfAbsent(`${prefix}-last`, 'asked', { ttlMs: MIN_INTERVAL_MS }))) {
      throw new ForceRefreshRejectedError('too-soon')
    }
    const used = await keyValue.increment(`${prefix}-count:${beijingDate(requestedAt)}`, { ttlMs: DAY_MS })
    if (used > DAILY_QUOTA) throw new ForceRefreshRejectedError('quota-spent')
    const fetched = await stableToken({ send, appId, secret }, { force: true })
    await tokenSource.overwrite(fetched, requestedAt)
    return { expiresInSeconds: fetched.expiresInSeconds, remainingToday: DAILY_QUOTA - used }
  }
}

function beijingDate(time: Date): string {
  return new Date(time.getTime() + BEIJING_UTC_OFFSET_MS).toISOString().slice(0, 10)
}
