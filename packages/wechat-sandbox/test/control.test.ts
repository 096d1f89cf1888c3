import { expect, test } from 'vitest'
import { startSandbox } from '../src/index.ts'
import { ask, exchange, phoneOf, post } from './_ask.ts'

test('there is no control plane unless it is asked for', async () => {
  await using sandbox = await startSandbox()
  expect(sandbox.controlUrl).toBeUndefined()
})

test('the control plane taps for people', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const people = await ask(`${sandbox.controlUrl}/_sandbox/people`)
  expect(people.body.people).toMatchObject([{ name: 'alice' }, { name: 'bob' }, { name: 'carol' }])
  const login = await post(`${sandbox.controlUrl}/_sandbox/people/alice/login-code`, {})
  expect(login.body.errMsg).toBe('login:ok')
  expect((await exchange(sandbox, String(login.body.code))).body.openid).toBe(sandbox.person('alice').openId)
  const phone = await post(`${sandbox.controlUrl}/_sandbox/people/alice/phone-code`, {
    phone: '+8613900002046',
  })
  expect(phone.body.errMsg).toBe('getPhoneNumber:ok')
  expect((await phoneOf(sandbox, String(phone.body.code))).body.phone_info).toMatchObject({
    phoneNumber: '13900002046',
  })
})

test('a wrong call gets a sentence that names the mend', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const dave = await post(`${sandbox.controlUrl}/_sandbox/people/dave/login-code`, {})
  expect(dave.status).toBe(404)
  expect(dave.body.error).toEqual({
    code: 'UNKNOWN_PERSON',
    message: 'nobody is called dave: there is alice, bob, carol',
  })
})

test('a page of this machine may call it, a page of the world may not', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const from = (origin: string) => fetch(`${sandbox.controlUrl}/_sandbox/people`, { headers: { origin } })
  const local = await from('http://localhost:10086')
  expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:10086')
  const foreign = await from('https://example.com')
  expect(foreign.status).toBe(403)
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
})
