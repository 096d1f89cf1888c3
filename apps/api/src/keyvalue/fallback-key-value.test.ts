import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFallbackKeyValue } from './fallback-key-value.ts'

const minute = { ttlMs: 60_000 }

/** A first store that can be taken away and emptied, behind the fallback. */
function start() {
  let now = 0
  const clock = () => new Date(now)
  let held = createMemoryKeyValue({ clock })
  let isAway = false
  let failsAfterMs = 0
  const told: string[] = []
  let tries = 0
  const failing =
    (operation: keyof KeyValue): unknown =>
    async (...given: never[]) => {
      tries += 1
      if (isAway) {
        now += failsAfterMs
        throw new Error('away')
      }
      // The port's methods differ in their arguments, which pass through as they are.
      return await (held[operation] as (...given: never[]) => Promise<unknown>)(...given)
    }
  const first = new Proxy({} as KeyValue, {
    get: (_target, operation) => failing(operation as keyof KeyValue),
  })
  const keyValue = createFallbackKeyValue({
    first,
    second: createMemoryKeyValue({ clock }),
    now: () => now,
    onAway: () => told.push('away'),
    onBack: () => told.push('back'),
  })
  return {
    keyValue,
    told,
    tries: () => tries,
    /** What other instances see. */
    shared: () => held,
    wait: (ms: number) => {
      now += ms
    },
    leave: () => {
      isAway = true
    },
    hang: (timeoutMs: number) => {
      isAway = true
      failsAfterMs = timeoutMs
    },
    comeBack: () => {
      isAway = false
    },
    restartEmpty: () => {
      held = createMemoryKeyValue({ clock })
      keyValue.doubt()
    },
  }
}

test('while the first store works, all goes through it', async () => {
  const { keyValue, shared, told } = start()
  await keyValue.set('a', '1', minute)
  expect(await shared().get('a')).toBe('1')
  await shared().set('a', '2', minute)
  expect(await keyValue.get('a')).toBe('2')
  expect(await keyValue.increment('n', minute)).toBe(1)
  expect(told).toEqual([])
})

test('what another instance has taken is gone, though this one wrote it', async () => {
  const { keyValue, shared } = start()
  await keyValue.set('a', '1', minute)
  await shared().take('a')
  expect(await keyValue.get('a')).toBeUndefined()
  expect(await keyValue.take('a')).toBeUndefined()
  expect(await keyValue.setIfAbsent('a', '2', minute)).toBe(true)
})

test('a store that leaves is told once, tried once a second, and told when it is back', async () => {
  const { keyValue, told, tries, leave, comeBack, wait } = start()
  leave()
  for (let call = 0; call < 10; call += 1) await keyValue.set('a', '1', minute)
  expect(tries()).toBe(1)
  wait(999)
  await keyValue.get('a')
  expect(tries()).toBe(1)
  wait(1)
  await Promise.all([keyValue.get('a'), keyValue.get('a'), keyValue.get('a')])
  expect(tries()).toBe(2)
  comeBack()
  wait(1_000)
  expect(await keyValue.get('a')).toBe('1')
  expect(told).toEqual(['away', 'back'])
})

test('a store that hangs until its timeout is left alone for a second after it', async () => {
  const { keyValue, tries, hang, wait } = start()
  hang(1_000)
  await keyValue.get('a')
  wait(999)
  await keyValue.get('a')
  expect(tries()).toBe(1)
})

test('what was kept before an outage is there during it, and what was kept during it after it', async () => {
  const { keyValue, leave, comeBack, wait } = start()
  await keyValue.set('before', '1', minute)
  leave()
  expect(await keyValue.get('before')).toBe('1')
  await keyValue.set('during', '1', minute)
  comeBack()
  wait(1_000)
  expect(await keyValue.get('during')).toBe('1')
  expect(await keyValue.compareAndSet('during', '1', '2', minute)).toBe(true)
  expect(await keyValue.get('during')).toBe('2')
  expect(await keyValue.compareAndDelete('during', '2')).toBe(true)
  expect(await keyValue.get('during')).toBeUndefined()
})

test('a claim is granted once, however the first store comes, goes and forgets', async () => {
  const event = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('claim a', 'claim b') },
    { weight: 1, arbitrary: fc.constantFrom('leave', 'come back', 'restart empty', 'a second later') },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
      const store = start()
      const granted: string[] = []
      for (const happening of events) {
        if (happening === 'leave') store.leave()
        else if (happening === 'come back') store.comeBack()
        else if (happening === 'restart empty') store.restartEmpty()
        else if (happening === 'a second later') store.wait(1_000)
        else if (await store.keyValue.setIfAbsent(happening, 'mine', { ttlMs: 3_600_000 }))
          granted.push(happening)
      }
      expect(new Set(granted).size).toBe(granted.length)
    }),
  )
})
