import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, type FailureCode } from '@kinpass/contracts'
import type { KeyValue } from '@kinpass/wechat'
import type { Digests, KeyRing } from '../keys/key-ring.ts'

/** One exchange of a one-time code with WeChat. */
export interface CodeExchange<T> {
  kind: 'login-code' | 'phone-code'
  code: string
  /** Identifies the request that may receive the stored result. The same code from another owner is refused. */
  owner: Digests
  /** Sends the code to WeChat. Called once per code, across all requests and instances. */
  exchange: () => Promise<T>
  /** Whether a failed `exchange` certainly did not reach WeChat, so the code is still valid. */
  isSafeToRetry: (error: unknown) => boolean
}

/**
 * Exchanges a one-time code with WeChat once; every repetition by its owner gets the same result.
 *
 * Throws the `Failure` of the exchange. `LOGIN_CODE_SPENT` / `PHONE_CODE_INVALID` is thrown for another owner, after the
 * code's lifetime, and after an exchange that was cut off.
 */
export type ExchangeOnce = <T>(exchange: CodeExchange<T>) => Promise<T>

/** Lifetime of WeChat's codes, and of a stored result. */
export const CODE_TTL_MS = 5 * 60_000
/** Lifetime of a claim, which outlives the result: a late repetition must not send the code again. */
const CLAIM_TTL_MS = 60 * 60_000
/** After this time a pending exchange counts as lost: its instance stopped. */
const EXCHANGE_TIMEOUT_MS = 15_000
const POLL_INTERVAL_MS = 40

/** The stored result, sealed because it holds an openid or a phone number. The field names are stored data. */
type CachedResult<T> = { by: string; until: number } & ({ answer: T } | { failure: FailureCode })

const SPENT_FAILURE = { 'login-code': 'LOGIN_CODE_SPENT', 'phone-code': 'PHONE_CODE_INVALID' } as const

/**
 * Two entries per code, keyed by its HMAC: `asked:` is the claim, written before the code is sent, with the time until
 * which the exchange is pending; `answer:` is the result.
 */
export function createExchangeOnce(deps: {
  keyValue: KeyValue
  keyRing: KeyRing
  clock: () => Date
}): ExchangeOnce {
  const { keyValue, keyRing, clock } = deps
  const now = () => clock().getTime()

  return async function exchangeOnce<T>(request: CodeExchange<T>): Promise<T> {
    const { kind, owner } = request
    const digest = await digestOf(request)
    const claimKey = toClaimKey(digest)
    const resultKey = `answer:${digest}`

    for (;;) {
      const claim = JSON.stringify({ until: now() + EXCHANGE_TIMEOUT_MS })
      if (await keyValue.setIfAbsent(claimKey, claim, { ttlMs: CLAIM_TTL_MS })) return await run(claim)
      const cached = unseal(await keyValue.get(resultKey))
      if (cached) return unwrap(cached)
      const otherClaim = await keyValue.get(claimKey)
      if (otherClaim !== undefined && isTimedOut(otherClaim)) throw new Failure(SPENT_FAILURE[kind])
      if (otherClaim !== undefined) await sleep(POLL_INTERVAL_MS) // Without a claim, the code was never sent: claim it.
    }

    async function run(claim: string): Promise<T> {
      try {
        const answer = await request.exchange()
        await store({ answer })
        return answer
      } catch (error) {
        if (request.isSafeToRetry(error)) await keyValue.compareAndDelete(claimKey, claim)
        // A code with an unknown outcome counts as spent: it may have reached WeChat.
        else await store({ failure: failureToStore(error) })
        throw error
      }
    }

    async function store(outcome: { answer: T } | { failure: FailureCode }): Promise<void> {
      const result: CachedResult<T> = { by: owner[0], until: now() + CODE_TTL_MS, ...outcome }
      await keyValue.set(resultKey, keyRing.seal('kept-answer', JSON.stringify(result)), {
        ttlMs: CODE_TTL_MS,
      })
    }

    function unseal(sealed: string | undefined): CachedResult<T> | undefined {
      const text = sealed === undefined ? undefined : keyRing.open('kept-answer', sealed)
      return text === undefined ? undefined : (JSON.parse(text) as CachedResult<T>) // Authenticated: written by `store`.
    }

    function unwrap(cached: CachedResult<T>): T {
      if (!owner.includes(cached.by) || now() >= cached.until) throw new Failure(SPENT_FAILURE[kind])
      if ('failure' in cached) throw new Failure(cached.failure)
      return cached.answer
    }

    function failureToStore(error: unknown): FailureCode {
      const isAboutCode =
        error instanceof Failure && error.retry !== 'same-request' && typeof error.retry === 'string'
      return isAboutCode ? error.code : SPENT_FAILURE[kind]
    }
  }

  /** Returns the digest that holds the claim: an older key's if the code was claimed before the keys were rotated. */
  async function digestOf({ kind, code }: Pick<CodeExchange<unknown>, 'kind' | 'code'>): Promise<string> {
    const [current, ...older] = keyRing.digests(kind, code).map((digest) => `${kind}:${digest}`)
    for (const digest of older) if ((await keyValue.get(toClaimKey(digest))) !== undefined) return digest
    return String(current)
  }

  function isTimedOut(claim: string): boolean {
    const { until } = JSON.parse(claim) as { until: number } // Written by this function.
    return now() >= until
  }
}

function toClaimKey(digest: string): string {
  return `asked:${digest}`
}
