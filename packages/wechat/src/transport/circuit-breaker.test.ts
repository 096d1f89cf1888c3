import { expect, test } from 'vitest'
import { WeChatApiError, WeChatUnreachableError } from '../errors/errors.ts'
import type { WeChatEvent } from '../protocol/events.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'

const endpoint = 'jscode2session'
const outage = new WeChatUnreachableError({ endpoint, reason: 'timeout', sent: 'unknown' })
const apiError = new WeChatApiError({ endpoint, errcode: 40029, rid: undefined, wechatMessage: '' })

type Outcome = Error | Promise<string> | 'ok'

function createTestBreaker() {
  let now = 0
  let calls = 0
  const events: WeChatEvent['type'][] = []
  const breaker = createCircuitBreaker(
    endpoint,
    { clock: () => new Date(now), emit: ({ type }) => events.push(type) },
    { failures: 3, openMs: 10_000 },
  )
  return {
    events,
    advance: (ms: number) => {
      now += ms
    },
    calls: () => calls,
    /** Runs a call with this outcome; returns its value, or the kind of its error. */
    async run(outcome: Outcome): Promise<string> {
      const call = async () => {
        calls += 1
        if (outcome instanceof Error) throw outcome
        return outcome
      }
      return breaker.run(call).catch((error: unknown) => {
        return error instanceof WeChatUnreachableError ? error.reason : 'api-error'
      })
    },
  }
}

test('the circuit opens for ten seconds after three outages in a row', async () => {
  const breaker = createTestBreaker()
  for (let n = 0; n < 3; n += 1) expect(await breaker.run(outage)).toBe('timeout')
  expect(await breaker.run('ok')).toBe('circuit-open')
  breaker.advance(9_999)
  expect(await breaker.run('ok')).toBe('circuit-open')
  expect(breaker.calls()).toBe(3)
  breaker.advance(1)
  expect(await breaker.run('ok')).toBe('ok')
  expect(breaker.events).toEqual(['circuit-opened', 'circuit-closed'])
})

test('a response between outages, an errcode included, resets the failure count', async () => {
  const breaker = createTestBreaker()
  for (const outcome of [outage, outage, 'ok', outage, outage, apiError, outage, outage] as const)
    await breaker.run(outcome)
  expect(breaker.calls()).toBe(8)
  expect(breaker.events).toEqual([])
})

test('a half-open circuit runs one probe and fails all other calls at once', async () => {
  const breaker = createTestBreaker()
  for (let n = 0; n < 3; n += 1) await breaker.run(outage)
  breaker.advance(10_000)
  let respond = () => {}
  const probe = breaker.run(new Promise<string>((resolve) => (respond = () => resolve('ok'))))
  expect(await breaker.run('ok')).toBe('circuit-open')
  respond()
  expect(await probe).toBe('ok')
  expect(await breaker.run('ok')).toBe('ok')
})

test('a failed probe keeps the circuit open for another ten seconds, then another probe runs', async () => {
  const breaker = createTestBreaker()
  for (let n = 0; n < 3; n += 1) await breaker.run(outage)
  for (let n = 0; n < 2; n += 1) {
    breaker.advance(10_000)
    expect(await breaker.run(outage)).toBe('timeout')
    expect(await breaker.run('ok')).toBe('circuit-open')
  }
  breaker.advance(10_000)
  expect(await breaker.run(apiError)).toBe('api-error')
  expect(breaker.events).toEqual(['circuit-opened', 'circuit-closed'])
})
