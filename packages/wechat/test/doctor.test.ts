import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { runDoctorCli } from '../src/cli/run-doctor-cli.ts'
import { app, type FakeReply, loginCode, phoneCode } from './_fake-wechat.ts'

const now = new Date('2026-11-20T08:00:00Z')
const env = { WECHAT_APP_ID: app.appId, WECHAT_APP_SECRET: app.secret }

/** Runs the command against a fake WeChat. Replies are keyed by the last path segment; others fail like a network. */
async function run(
  args: readonly string[],
  replies: Record<string, FakeReply> = {},
  options: { env?: object } = {},
) {
  const lines: string[] = []
  const requests: string[] = []
  const exitCode = await runDoctorCli(args, {
    env: { ...env, ...options.env },
    clock: () => now,
    print: (line) => lines.push(line),
    fetch: async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      const endpoint = pathname.split('/').at(-1) ?? ''
      requests.push(endpoint)
      const reply = replies[endpoint] ?? new TypeError('fetch failed')
      if (reply instanceof Error) throw reply
      return reply instanceof Response
        ? reply
        : Response.json(reply, { headers: { date: now.toUTCString() } })
    },
  })
  return { exitCode, requests, lines, text: lines.join('\n') }
}

const token = { access_token: '99_planted-access-token-of-some-length', expires_in: 7200 }
const invalidOpenId = { errcode: 40003, errmsg: 'invalid openid rid: 6949fe38-0627ff0d-47df91c7' }

test('all checks are ok when WeChat returns a token and accepts it', async () => {
  const { exitCode, lines } = await run(['doctor'], { stable_token: token, checksession: invalidOpenId })
  expect(lines.map((line) => line.replace(/ {2,}.*/, ''))).toEqual(Array.from({ length: 8 }, () => 'ok'))
  expect(exitCode).toBe(0)
})

test.each([
  ['an unknown appid', { errcode: 40013, errmsg: 'invalid appid' }, /failed +appid +40013.*\n +→ Compare/],
  [
    'a wrong secret',
    { errcode: 40125, errmsg: 'invalid appsecret' },
    /failed +secret +40125.*\n +→ Copy it again/,
  ],
  ['a frozen secret', { errcode: 40243, errmsg: 'frozen' }, /failed +secret +40243.*\n +→ Unfreeze/],
  [
    'an IP address outside the whitelist, and prints it',
    {
      errcode: 40164,
      errmsg:
        'invalid ip 182.150.41.147 ipv6 ::ffff:182.150.41.147, not in whitelist rid: 6949fe38-0627ff0d-47df91c7',
    },
    /failed +IP whitelist +40164.*182\.150\.41\.147.*rid 6949fe38-0627ff0d-47df91c7.*\n +→ Add the address/,
  ],
  [
    'a used-up quota',
    { errcode: 45009, errmsg: 'reach max api daily quota limit' },
    /failed +token fetch +45009/,
  ],
  [
    'an unknown errcode',
    { errcode: 99999, errmsg: 'what' },
    /failed +token fetch +99999.*\n +→ Look the number up/,
  ],
  [
    'no network',
    new TypeError('fetch failed'),
    /failed +token fetch +No response from WeChat for stable_token/,
  ],
])('the doctor reports %s', async (_, reply, expected) => {
  const { exitCode, text } = await run(['doctor'], { stable_token: reply })
  expect(text).toMatch(expected)
  expect(text.match(/^failed/gm)).toHaveLength(1)
  expect(exitCode).toBe(1)
})

test('the doctor reports a wrong clock, ahead or behind', async () => {
  for (const [minutes, direction] of [
    [-10, 'ahead of'],
    [10, 'behind'],
  ] as const) {
    const date = new Date(now.getTime() + minutes * 60_000).toUTCString()
    const reply = Response.json(token, { headers: { date } })
    const { text } = await run(['doctor'], { stable_token: reply })
    expect(text).toMatch(new RegExp(`failed +clock +600 s ${direction} WeChat's`))
  }
})

test('the doctor reports a token that WeChat rejects', async () => {
  const { text } = await run(['doctor'], {
    stable_token: token,
    checksession: { errcode: 40001, errmsg: 'x' },
  })
  expect(text).toMatch(/failed +token +40001/)
})

test('swapped appid and secret are reported by their shape, and the secret is not printed', async () => {
  const { text } = await run(
    ['doctor'],
    {},
    { env: { WECHAT_APP_ID: app.secret, WECHAT_APP_SECRET: app.appId } },
  )
  expect(text).toMatch(/failed +appid shape .*32 characters/)
  expect(text).toMatch(/failed +secret shape .*18 characters/)
  expect(text).not.toContain(app.secret)
})

test('all missing settings are listed in one message', async () => {
  const { exitCode, text } = await run(
    ['doctor'],
    {},
    { env: { WECHAT_APP_ID: '', WECHAT_APP_SECRET: undefined } },
  )
  expect(text).toMatch(/WECHAT_APP_ID and WECHAT_APP_SECRET/)
  expect(exitCode).toBe(2)
})

test.each([
  ['--code', loginCode, 0, /ok +login code/],
  ['--code', phoneCode, 1, /failed +login code .*phone code.*\n +→ jscode2session needs/],
  ['--code', 'the code is a mock one', 1, /failed .*DevTools.*\n +→ Open the project/],
  ['--code', `${loginCode} `, 1, /leading or trailing whitespace/],
  ['--code', loginCode.slice(1), 1, /unknown .*31 characters/],
  ['--phone-code', phoneCode, 0, /ok +phone code/],
  ['--phone-code', loginCode, 1, /failed +phone code .*login code.*\n +→ The phone API needs/],
] as const)(
  'doctor %s checks %j without sending or printing it',
  async (option, code, exitCode, expected) => {
    const ctx = await run(['doctor', option, code])
    expect(ctx.text).toMatch(expected)
    expect(ctx.exitCode).toBe(exitCode)
    expect(ctx.requests).toEqual([])
    if (code.length > 30) expect(ctx.text).not.toContain(code)
  },
)

test('the doctor never prints a secret, a token or a phone number', async () => {
  const leaky = {
    errcode: 40001,
    errmsg: `invalid ${app.secret} ${token.access_token} 13580006666 hint: [abc]`,
  }
  for (const replies of [
    { stable_token: token, checksession: invalidOpenId },
    { stable_token: leaky },
    { stable_token: '{' },
  ]) {
    const { text } = await run(['doctor'], replies)
    for (const secret of [app.secret, token.access_token, '13580006666']) expect(text).not.toContain(secret)
  }
})

test('a usage error prints the help and exits with 2', async () => {
  for (const args of [[], ['unknown'], ['doctor', 'extra'], ['doctor', '--colour'], ['doctor', '--code']]) {
    const { exitCode, text } = await run(args)
    expect(text).toMatch(/kinpass-wechat doctor --code/)
    expect(exitCode).toBe(2)
  }
  expect((await run(['--help'])).exitCode).toBe(0)
})

test('the doctor reports a wrong secret, a missing IP address and a frozen secret of the sandbox', async () => {
  await using sandbox = await startSandbox()
  const lines: string[] = []
  /** Removes the deadline, which a loaded machine may exceed. */
  const fetchWithoutDeadline: typeof fetch = (input, init) => fetch(input, { ...init, signal: null })
  const runDoctor = (secret = sandbox.app.secret) =>
    runDoctorCli(['doctor'], {
      env: { WECHAT_APP_ID: sandbox.app.appId, WECHAT_APP_SECRET: secret, WECHAT_BASE_URL: sandbox.url },
      fetch: fetchWithoutDeadline,
      clock: () => sandbox.clock.now(),
      print: (line) => lines.push(line),
    })
  expect(await runDoctor()).toBe(0)
  expect(await runDoctor('0'.repeat(32))).toBe(1)
  expect(lines.join('\n')).toMatch(/failed +secret +40125/)
  sandbox.console().setIpWhitelist(['192.0.2.1'])
  expect(await runDoctor()).toBe(1)
  expect(lines.join('\n')).toMatch(/failed +IP whitelist +40164.*127\.0\.0\.1/)
  sandbox.console().setIpWhitelist(undefined)
  sandbox.console().freezeSecret()
  expect(await runDoctor()).toBe(1)
  expect(lines.join('\n')).toMatch(/failed +secret +40243/)
})
