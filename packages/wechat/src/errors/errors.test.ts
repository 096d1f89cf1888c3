import { expect, test } from 'vitest'
import { errcodes, explainErrcode } from './errcodes.ts'
import { WeChatApiError } from './errors.ts'

test('a refusal says what was refused, what it means and what to do', () => {
  const facts = {
    endpoint: 'getuserphonenumber',
    errcode: 40164,
    wechatMessage: '',
    rid: '6949fe38-0627ff0d-47df91c7',
  } as const
  expect(new WeChatApiError(facts).message).toBe(
    "WeChat refused getuserphonenumber with 40164: this server's address is not in the IP whitelist of the mini-program. Add the address that WeChat names to the IP whitelist in the console, or route the calls through a fixed address. (rid 6949fe38-0627ff0d-47df91c7)",
  )
})

test('an errcode that the table lacks is still an error with a hint', () => {
  const refused = new WeChatApiError({
    endpoint: 'jscode2session',
    errcode: 99999,
    wechatMessage: 'what',
    rid: undefined,
  })
  expect(refused.message).toMatch(/99999/)
  expect(refused.hint).toMatch(/rid/)
})

test('each errcode has a name of its own, a meaning and a hint', () => {
  const all = Object.values(errcodes)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { name, meaning, hint } of all) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(meaning).toMatch(/[^.]$/)
    expect(hint).toMatch(/^[A-Z].*[.]$/)
  }
})

test('names that every object has are no errcodes', () => {
  expect(explainErrcode(Number.NaN).name).toBe('unknown')
})
