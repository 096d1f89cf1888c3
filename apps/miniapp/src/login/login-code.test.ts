import { expect, test } from 'vitest'
import { createClockwork } from '../_clockwork.ts'
import { createLoginCodes } from './login-code.ts'

test('a code that is on its way is not asked for twice', async () => {
  let asked = 0
  const codes = createLoginCodes(async () => `code ${++asked}`, createClockwork().clock)
  codes.prepare()
  expect(await Promise.all([codes.take(), codes.take()])).toEqual(['code 1', 'code 1'])
})

test('a code that WeChat refused is asked for again', async () => {
  let asked = 0
  const codes = createLoginCodes(async () => {
    if (++asked === 1) throw new Error('no network')
    return `code ${asked}`
  }, createClockwork().clock)
  await expect(codes.take()).rejects.toThrow('no network')
  expect(await codes.take()).toBe('code 2')
})

test('a dropped code is not given out again', async () => {
  let asked = 0
  const codes = createLoginCodes(async () => `code ${++asked}`, createClockwork().clock)
  await codes.take()
  codes.drop()
  expect(await codes.take()).toBe('code 2')
})
