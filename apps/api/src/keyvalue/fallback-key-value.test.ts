import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFallbackKeyValue } from './fallback-key-value.ts'

const minute = { ttlMs: 60_000 }

/** A fallback key-value store whose primary can fail, hang and restart empty. */
function setUp() {
  let now = 0
  const clock = () => new Date(now)
  let primaryEntries = createMemoryKeyValue({ clock })
  let isDown = false
  let failsAfterMs = 0
  const events: string[] = []
  let attempts = 0
  const operate =
    (operation: keyof KeyValue): unknown =>
    async (...args: never[]) => {
      attempts += 1
      if (isDown) {
        now += failsAfterMs
        throw new Error('down')
      }
      // The methods differ in their parameters; the arguments are passed through unchanged.
      return await (primaryEntries[operation] as (...args: never[]) => Promise<unknown>)(...args)
    }
  // The proxy returns a function for every method of the interface.
  const primary = new Proxy({} as KeyValue, {
    get: (_target, operation) => operate(operation as keyof KeyValue),
  })
  const keyValue = createFallbackKeyValue({
    primary,
    fallback: createMemoryKeyValue({ clock }),
    now: () => now,
    onDown: () => events.push('down'),
    onUp: () => events.push('up'),
  })
  return {
    keyValue,
    events,
    attempts: () => attempts,
    /** The primary as another instance uses it. */
    shared: () => primaryEntries,
    wait: (ms: number) => {
      now += ms
    },
    goDown: () => {
      isDown = true
    },
    hang: (timeoutMs: number) => {
      isDown = true
      failsAfterMs = timeoutMs
    },
    comeUp: () => {
      isDown = false
    },
    restartEmpty: () => {
      primaryEntries = createMemoryKeyValue({ clock })
      keyValue.markStale()
    },
  }
}

test('reads and writes go to the primary while it works', async () => {
  const { keyValue, shared, events } = setUp()
  await keyValue.set('a', '1', minute)
  expect(await shared().get('a')).toBe('1')
  await shared().set('a', '2', minute)
  expect(await keyValue.get('a')).toBe('2')
  expect(await keyValue.increment('n', minute)).toBe(1)
  expect(events).toEqual([])
})

test('an entry that another instance deleted from the primary is not read from the fallback', async () => {
  const { keyValue, shared } = setUp()
  await keyValue.set('a', '1', minute)
  await shared().compareAndDelete('a', '1')
  expect(await keyValue.get('a')).toBeUndefined()
  expect(await keyValue.compareAndDelete('a', '1')).toBe(false)
  expect(await keyValue.setIfAbsent('a', '2', minute)).toBe(true)
})

test('a failed primary is reported once, probed once per second, and reported when it works again', async () => {
  const { keyValue, events, attempts, goDown, comeUp, wait } = setUp()
  goDown()
  for (let call = 0; call < 10; call += 1) await keyValue.set('a', '1', minute)
  expect(attempts()).toBe(1)
  wait(999)
  await keyValue.get('a')
  expect(attempts()).toBe(1)
  wait(1)
  await Promise.all([keyValue.get('a'), keyValue.get('a'), keyValue.get('a')])
  expect(attempts()).toBe(2)
  comeUp()
  wait(1_000)
  expect(await keyValue.get('a')).toBe('1')
  expect(events).toEqual(['down', 'up'])
})

test('a primary that hangs is not probed for a second after its timeout', async () => {
  const { keyValue, attempts, hang, wait } = setUp()
  hang(1_000)
  await keyValue.get('a')
  wait(999)
  await keyValue.get('a')
  expect(attempts()).toBe(1)
})

test('entries written before an outage are readable during it, and entries written during it after it', async () => {
  const { keyValue, goDown, comeUp, wait } = setUp()
  await keyValue.set('before', '1', minute)
  goDown()
  expect(await keyValue.get('before')).toBe('1')
  await keyValue.set('during', '1', minute)
  comeUp()
  wait(1_000)
  expect(await keyValue.get('during')).toBe('1')
  expect(await keyValue.compareAndSet('during', '1', '2', minute)).toBe(true)
  expect(await keyValue.get('during')).toBe('2')
  expect(await keyValue.compareAndDelete('during', '2')).toBe(true)
  expect(await keyValue.get('during')).toBeUndefined()
})

test('setIfAbsent succeeds once per key, however often the primary fails, recovers and restarts empty', async () => {
  const event = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('claim a', 'claim b') },
    { weight: 1, arbitrary: fc.constantFrom('go down', 'come up', 'restart empty', 'wait a second') },
  )
  // fast-check prints the seed and the shrunk counterexample of a failure.
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
      const store = setUp()
      const granted: string[] = []
      for (const current of events) {
        if (current === 'go down') store.goDown()
        else if (current === 'come up') store.comeUp()
        else if (current === 'restart empty') store.restartEmpty()
        else if (current === 'wait a second') store.wait(1_000)
        else if (await store.keyValue.setIfAbsent(current, 'mine', { ttlMs: 3_600_000 }))
          granted.push(current)
      }
      expect(new Set(granted).size).toBe(granted.length)
    }),
  )
})
