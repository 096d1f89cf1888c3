import { expect, test } from 'vitest'
import { NoLoginCodeError } from '../errors/app-error.ts'
import { createFakeTimers, flushPromises } from '../lib/_fake-timers.ts'
import { createLoginCodeCache, type LoginCodeCacheDeps } from './login-code-cache.ts'

function createCodes(overrides: Partial<LoginCodeCacheDeps> = {}) {
  const timers = createFakeTimers()
  const prepared: string[] = []
  let fetched = 0
  const codes = createLoginCodeCache({
    fetchCode: async () => `code ${++fetched}`,
    prepare: async ({ code }) => {
      prepared.push(code)
      return { keptForSeconds: 240 }
    },
    clock: timers.clock,
    ...overrides,
  })
  return { codes, prepared, ...timers }
}

test('concurrent callers share one login code', async () => {
  const { codes, prepared } = createCodes()
  codes.prefetch()
  codes.prefetch()
  expect(await Promise.all([codes.get(), codes.get()])).toEqual(['code 1', 'code 1'])
  await flushPromises()
  expect(prepared).toEqual(['code 1'])
})

test('a login code that WeChat did not give is fetched again', async () => {
  let fetched = 0
  const { codes, prepared } = createCodes({
    fetchCode: async () => {
      if (++fetched === 1) throw new NoLoginCodeError('no network')
      return `code ${fetched}`
    },
  })
  codes.prefetch()
  await expect(codes.get()).rejects.toThrow('no network')
  await flushPromises()
  expect(prepared).toEqual([])
  expect(await codes.get()).toBe('code 2')
})

test('an invalidated login code is not returned again', async () => {
  const { codes } = createCodes()
  await codes.get()
  codes.invalidate()
  expect(await codes.get()).toBe('code 2')
})

test('a login code is cached for as long as the server keeps its exchange', async () => {
  const { codes, advance } = createCodes({ prepare: async () => ({ keptForSeconds: 60 }) })
  codes.prefetch()
  await flushPromises()
  advance(60_000)
  expect(await codes.get()).toBe('code 1')
  advance(1)
  expect(await codes.get()).toBe('code 2')
})

test('a login code that the server reports as spent is replaced', async () => {
  const { codes } = createCodes({
    prepare: () => Promise.reject(Object.assign(new Error('spent'), { data: { retry: 'new-login-code' } })),
  })
  codes.prefetch()
  await flushPromises()
  expect(await codes.get()).toBe('code 2')
})

test('a login code stays cached when its exchange in advance fails for another reason', async () => {
  const { codes } = createCodes({ prepare: () => Promise.reject(new Error('offline')) })
  codes.prefetch()
  await flushPromises()
  expect(await codes.get()).toBe('code 1')
})
