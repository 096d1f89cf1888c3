import { expect, test } from 'vitest'
import { startSandbox } from '../src/index.ts'
import { exchangeLoginCode, exchangePhoneCode, fetchAccessToken } from './_requests.ts'

test('the call log records the endpoint, the person and the outcome of each call', async () => {
  await using sandbox = await startSandbox()
  const code = sandbox.person('alice').tapsLogin()
  await exchangeLoginCode(sandbox, code)
  await exchangeLoginCode(sandbox, code)
  const common = { method: 'GET', endpoint: '/sns/jscode2session', appId: sandbox.app.appId, person: 'alice' }
  expect(sandbox.calls).toMatchObject([
    { ...common, errcode: 0, httpStatus: 200, fault: undefined },
    { ...common, errcode: 40163, httpStatus: 200 },
  ])
})

test('the call log contains no secret, code, token, session key, openid or phone number', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const [loginCode, phoneCode] = [alice.tapsLogin(), alice.allowsPhone()]
  const session = (await exchangeLoginCode(sandbox, loginCode)).body
  await exchangePhoneCode(sandbox, phoneCode, { openid: alice.openId })
  await fetch(`${sandbox.url}/made-up/${sandbox.app.secret}?secret=${sandbox.app.secret}`)
  const log = JSON.stringify(sandbox.calls)
  const secrets = [
    sandbox.app.secret,
    loginCode,
    phoneCode,
    await fetchAccessToken(sandbox),
    String(session.session_key),
    alice.openId,
    alice.unionId ?? '',
    '13800008915',
  ]
  for (const secret of secrets) expect(log).not.toContain(secret)
})
