import { expect, test } from 'vitest'
import { errcodes, explainErrcode } from './errcodes.ts'
import { WeChatApiError } from './errors.ts'

test('the message of WeChatApiError names the endpoint, the errcode, its meaning, the hint and the rid', () => {
  const details = {
    endpoint: 'getuserphonenumber',
    errcode: 40164,
    wechatMessage: '',
    rid: '6949fe38-0627ff0d-47df91c7',
  } as const
  expect(new WeChatApiError(details).message).toBe(
    "WeChat refused getuserphonenumber with 40164: this server's IP address is not in the mini-program's IP whitelist. Add the address from WeChat's message to the IP whitelist in the console, or route the requests through a fixed address. (rid 6949fe38-0627ff0d-47df91c7)",
  )
})

test('an errcode that the table lacks becomes a WeChatApiError with a hint', () => {
  const error = new WeChatApiError({
    endpoint: 'jscode2session',
    errcode: 99999,
    wechatMessage: 'what',
    rid: undefined,
  })
  expect(error.message).toMatch(/99999/)
  expect(error.hint).toMatch(/rid/)
})

test('each errcode has a unique name, a meaning and a hint', () => {
  const all = Object.values(errcodes)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { name, meaning, hint } of all) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(meaning).toMatch(/[^.]$/)
    expect(hint).toMatch(/^[A-Z].*[.]$/)
  }
})

test('explainErrcode returns the generic entry for NaN', () => {
  expect(explainErrcode(Number.NaN).name).toBe('unknown')
})
