import { expect, test } from 'vitest'
import { WeChatApiError, WeChatUnreachableError } from '../errors/errors.ts'
import type { WeChatEvent } from '../protocol/events.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'

const endpoint = 'jscode2session'
const outage = new WeChatUnreachableError({ endpoint, reason: 'timeout', sent: 'unknown' })
const refusal = new WeChatApiError({ endpoint, errcode: 40029, rid: undefined, wechatMessage: '' })

function open() {
  let now = 0
  let calls = 0
  const events: WeChatEvent['type'][] = []
  const circuit = createCircuitBreaker({
    endpoint,
    failures: 3,
    openMs: 10_000,
    clock: () => new Date(now),
    emit: ({ type }) => events.push(type),
  })
  return {
    events,
    advance: (ms: number) => {
      now += ms
    },
    calls: () => calls,
    /** Passes a call that ends like this; gives its end in a word. */
    async pass(end: Error | Promise<string> | 'answer'): Promise<string> {
      const call = async () => {
        calls += 1
        if (end instanceof Error) throw end
        return end
      }
      return circuit.run(call).catch((error: unknown) => {
        return error instanceof WeChatUnreachableError ? error.reason : 'refused'
      })
    },
  }
}

test('after three outages in a row nothing is sent for ten seconds', async () => {
  const circuit = open()
  for (let n = 0; n < 3; n += 1) expect(await circuit.pass(outage)).toBe('timeout')
  expect(await circuit.pass('answer')).toBe('circuit-open')
  circuit.advance(9_999)
  expect(await circuit.pass('answer')).toBe('circuit-open')
  expect(circuit.calls()).toBe(3)
  circuit.advance(1)
  expect(await circuit.pass('answer')).toBe('answer')
  expect(circuit.events).toEqual(['circuit-opened', 'circuit-closed'])
})

test('an answer between outages starts the count over, a refusal is an answer', async () => {
  const circuit = open()
  for (const end of [outage, outage, 'answer', outage, outage, refusal, outage, outage] as const)
    await circuit.pass(end)
  expect(circuit.calls()).toBe(8)
  expect(circuit.events).toEqual([])
})

test('one call goes on trial, the others fail at once', async () => {
  const circuit = open()
  for (let n = 0; n < 3; n += 1) await circuit.pass(outage)
  circuit.advance(10_000)
  let answer = () => {}
  const trial = circuit.pass(new Promise<string>((resolve) => (answer = () => resolve('answer'))))
  expect(await circuit.pass('answer')).toBe('circuit-open')
  answer()
  expect(await trial).toBe('answer')
  expect(await circuit.pass('answer')).toBe('answer')
})

test('a trial that fails opens the circuit for another ten seconds, and is not the last', async () => {
  const circuit = open()
  for (let n = 0; n < 3; n += 1) await circuit.pass(outage)
  for (let n = 0; n < 2; n += 1) {
    circuit.advance(10_000)
    expect(await circuit.pass(outage)).toBe('timeout')
    expect(await circuit.pass('answer')).toBe('circuit-open')
  }
  circuit.advance(10_000)
  expect(await circuit.pass(refusal)).toBe('refused')
  expect(circuit.events).toEqual(['circuit-opened', 'circuit-closed'])
})
