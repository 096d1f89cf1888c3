import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { failureOf, startApi } from './_api.ts'
import { databases, shareDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'

type Rule = 'checked' | 'ignored' | 'refused'

/** The errcodes of WeChat's responses to phone codes. */
const phoneErrcodes = ({ calls }: Sandbox) =>
  calls.filter(({ endpoint }) => endpoint.endsWith('getuserphonenumber')).map(({ errcode }) => errcode)

const [kind = expect.fail('PGlite is always there')] = databases
const database = shareDatabase(kind)

/** Logs alice in with a setting of WECHAT_PHONE_BINDING and a WeChat with a rule for the openid. */
async function logIn(binding: string, phoneOpenid: Rule, phoneOf: 'alice' | 'bob') {
  await using wechat = await startSandbox({ rules: { phoneOpenid } })
  await using api = await startApi({
    wechat,
    env: { WECHAT_PHONE_BINDING: binding },
    overrides: { database: database() },
  })
  const code = wechat.person('alice').tapsLogin()
  const phoneCode = wechat.person(phoneOf).allowsPhone()
  const failure = await failureOf(device(api, 'phone').calls.login.mutate({ code, phoneCode }))
  return { failure, errcodes: phoneErrcodes(wechat) }
}

describe('WECHAT_PHONE_BINDING', () => {
  test.each([
    ['require', 'checked', 'alice', 'none', [0]],
    ['require', 'checked', 'bob', 'PHONE_CODE_OF_ANOTHER', [40003]],
    ['require', 'refused', 'alice', 'WECHAT_MISCONFIGURED', [47001]],
    ['prefer', 'checked', 'alice', 'none', [0]],
    ['prefer', 'checked', 'bob', 'PHONE_CODE_OF_ANOTHER', [40003]],
    ['prefer', 'refused', 'alice', 'none', [47001, 0]],
    ['off', 'checked', 'bob', 'none', [0]],
    ['off', 'refused', 'alice', 'none', [0]],
  ] as const)('with %s, an openid that is %s and a phone of %s, a login ends with %s', async (...row) => {
    const [binding, rule, phoneOf, failure, errcodes] = row
    expect(await logIn(binding, rule, phoneOf)).toEqual({ failure, errcodes })
  })
})

describe('a phone number of another country', () => {
  test('a phone number of another country is stored in E.164, masked in the response, and logs in again', async () => {
    await using api = await startApi({ overrides: { database: database() } })
    const carol = api.wechat.person('carol')
    const output = await device(api, 'phone').login(carol)
    expect(output).toMatchObject({ isNew: true, member: { maskedPhone: '+852****4567' } })
    expect(output.nickName).toMatch(/4567$/)
    const again = await device(api, 'phone').calls.login.mutate(codesOf(carol))
    expect(again).toMatchObject({ isNew: false, member: output.member })
  })
})
