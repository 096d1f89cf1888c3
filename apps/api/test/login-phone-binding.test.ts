import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { failureOf, startApi } from './_api.ts'
import { databases, shareDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'

type Rule = 'checked' | 'ignored' | 'refused'

/** The errcodes of WeChat's answers about phones. */
const phoneAnswers = ({ calls }: Sandbox) =>
  calls.filter(({ endpoint }) => endpoint.endsWith('getuserphonenumber')).map(({ errcode }) => errcode)

const [kind = expect.fail('PGlite is always there')] = databases
const database = shareDatabase(kind)

/** Logs alice in under a setting, at a WeChat that treats the openid by some rule. */
async function attempt(binding: string, phoneOpenid: Rule, phoneOf: 'alice' | 'bob') {
  await using wechat = await startSandbox({ rules: { phoneOpenid } })
  await using api = await startApi({
    wechat,
    env: { WECHAT_PHONE_BINDING: binding },
    overrides: { database: database() },
  })
  const code = wechat.person('alice').tapsLogin()
  const phoneCode = wechat.person(phoneOf).allowsPhone()
  const failure = await failureOf(device(api, 'phone').calls.login.mutate({ code, phoneCode }))
  return { failure, asked: phoneAnswers(wechat) }
}

describe('the binding of phone and account', () => {
  test.each([
    ['require', 'checked', 'alice', 'none', [0]],
    ['require', 'checked', 'bob', 'PHONE_CODE_OF_ANOTHER', [40003]],
    ['require', 'refused', 'alice', 'WECHAT_MISCONFIGURED', [47001]],
    ['prefer', 'checked', 'alice', 'none', [0]],
    ['prefer', 'checked', 'bob', 'PHONE_CODE_OF_ANOTHER', [40003]],
    ['prefer', 'refused', 'alice', 'none', [47001, 0]],
    ['off', 'checked', 'bob', 'none', [0]],
    ['off', 'refused', 'alice', 'none', [0]],
  ] as const)('%s, with an openid that is %s and a phone of %s, ends with %s', async (...row) => {
    const [binding, rule, phoneOf, failure, asked] = row
    expect(await attempt(binding, rule, phoneOf)).toEqual({ failure, asked })
  })
})

describe('a number of another country', () => {
  test('is kept in E.164, shown by its ends, and logs in again', async () => {
    await using api = await startApi({ overrides: { database: database() } })
    const carol = api.wechat.person('carol')
    const answer = await device(api, 'phone').login(carol)
    expect(answer).toMatchObject({ isNew: true, member: { maskedPhone: '+852****4567' } })
    expect(answer.nickName).toMatch(/4567$/)
    const again = await device(api, 'phone').calls.login.mutate(codesOf(carol))
    expect(again).toMatchObject({ isNew: false, member: answer.member })
  })
})
