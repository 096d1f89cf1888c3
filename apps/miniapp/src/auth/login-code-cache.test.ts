import { expect, test } from 'vitest'
import { NoLoginCodeError } from '../errors/login-code-error.ts'
import { createFakeTimers } from '../lib/_fake-timers.ts'
import { createLoginCodeCache, type LoginCodeCacheDeps } from './login-code-cache.ts'

function createCodes(own: Partial<LoginCodeCacheDeps> = {}) {
  const clockwork = createFakeTimers()
  const prepared: string[] = []
  let asked = 0
  const codes = createLoginCodeCache({
    fetchCode: async () => `code ${++asked}`,
    prepare: async ({ code }) => {
      prepared.push(code)
      return { keptForSeconds: 240 }
    },
    clock: clockwork.clock,
    ...own,
  })
  return { codes, prepared, ...clockwork }
}

async function settled() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

test('a code that is on its way is not asked for twice', async () => {
  const { codes, prepared } = createCodes()
  codes.prefetch()
  codes.prefetch()
  expect(await Promise.all([codes.get(), codes.get()])).toEqual(['code 1', 'code 1'])
  await settled()
  expect(prepared).toEqual(['code 1'])
})

test('a code that WeChat refused is asked for again', async () => {
  let asked = 0
  const { codes, prepared } = createCodes({
    fetchCode: async () => {
      if (++asked === 1) throw new NoLoginCodeError('no network')
      return `code ${asked}`
    },
  })
  codes.prefetch()
  await expect(codes.get()).rejects.toThrow('no network')
  await settled()
  expect(prepared).toEqual([])
  expect(await codes.get()).toBe('code 2')
})

test('a dropped code is not given out again', async () => {
  const { codes } = createCodes()
  await codes.get()
  codes.invalidate()
  expect(await codes.get()).toBe('code 2')
})

test('a code is good for as long as the server says that it keeps it', async () => {
  const { codes, advance } = createCodes({ prepare: async () => ({ keptForSeconds: 60 }) })
  codes.prefetch()
  await settled()
  advance(60_000)
  expect(await codes.get()).toBe('code 1')
  advance(1)
  expect(await codes.get()).toBe('code 2')
})

test('a code that the server finds spent is replaced', async () => {
  const { codes } = createCodes({
    prepare: () => Promise.reject(Object.assign(new Error('spent'), { data: { retry: 'new-login-code' } })),
  })
  codes.prefetch()
  await settled()
  expect(await codes.get()).toBe('code 2')
})

test('a preparation that fails otherwise leaves the code good', async () => {
  const { codes } = createCodes({ prepare: () => Promise.reject(new Error('offline')) })
  codes.prefetch()
  await settled()
  expect(await codes.get()).toBe('code 1')
})
