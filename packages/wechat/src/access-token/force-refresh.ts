import { stableToken } from '../endpoints/stable-token.ts'
import type { KeyValue } from '../key-value/key-value.ts'
import type { Send } from '../transport/send.ts'
import type { AccessTokenSource } from './access-token-source.ts'

const DAILY_QUOTA = 20
const MIN_INTERVAL_MS = 30_000
const DAY_MS = 24 * 3_600_000
const BEIJING_UTC_OFFSET_MS = 8 * 3_600_000

/** What is left after a forced refresh, as far as the shared store knows. */
export interface ForcedRefresh {
  readonly expiresInSeconds: number
  /** Of WeChat's 20 a day, which end at midnight in Beijing. */
  readonly remainingToday: number
}

/** A forced refresh was not sent to WeChat, because it would do nothing or because the day's are spent. */
export class ForceRefreshRejectedError extends Error {
  override readonly name = 'ForceRefreshRejectedError'
  readonly code = 'WECHAT_FORCE_REFRESH_HELD'
  readonly reason: 'too-soon' | 'quota-spent'

  constructor(reason: ForceRefreshRejectedError['reason']) {
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
  send: Send
  appId: string
  secret: string
  keyValue: KeyValue
  tokenSource: AccessTokenSource
  clock: () => Date
}): () => Promise<ForcedRefresh> {
  const { send, appId, secret, keyValue, tokenSource, clock } = options

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
