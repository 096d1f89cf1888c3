import { expect, test } from 'vitest'
import { NoLoginCode } from '../errors/login-code-error.ts'
import { createClockwork } from '../lib/_fake-timers.ts'
import { createLoginCodes, type LoginCodesParts } from './login-code-cache.ts'

function createCodes(own: Partial<LoginCodesParts> = {}) {
  const clockwork = createClockwork()
  const prepared: string[] = []
  let asked = 0
  const codes = createLoginCodes({
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
  codes.prepare()
  codes.prepare()
  expect(await Promise.all([codes.take(), codes.take()])).toEqual(['code 1', 'code 1'])
  await settled()
  expect(prepared).toEqual(['code 1'])
})

test('a code that WeChat refused is asked for again', async () => {
  let asked = 0
  const { codes, prepared } = createCodes({
    fetchCode: async () => {
      if (++asked === 1) throw new NoLoginCode('no network')
      return `code ${asked}`
    },
  })
  codes.prepare()
  await expect(codes.take()).rejects.toThrow('no network')
  await settled()
  expect(prepared).toEqual([])
  expect(await codes.take()).toBe('code 2')
})

test('a dropped code is not given out again', async () => {
  const { codes } = createCodes()
  await codes.take()
  codes.drop()
  expect(await codes.take()).toBe('code 2')
})

test('a code is good for as long as the server says that it keeps it', async () => {
  const { codes, pass } = createCodes({ prepare: async () => ({ keptForSeconds: 60 }) })
  codes.prepare()
  await settled()
  pass(60_000)
  expect(await codes.take()).toBe('code 1')
  pass(1)
  expect(await codes.take()).toBe('code 2')
})

test('a code that the server finds spent is replaced', async () => {
  const { codes } = createCodes({
    prepare: () => Promise.reject(Object.assign(new Error('spent'), { data: { retry: 'new-login-code' } })),
  })
  codes.prepare()
  await settled()
  expect(await codes.take()).toBe('code 2')
})

test('a preparation that fails otherwise leaves the code good', async () => {
  const { codes } = createCodes({ prepare: () => Promise.reject(new Error('offline')) })
  codes.prepare()
  await settled()
  expect(await codes.take()).toBe('code 1')
})
