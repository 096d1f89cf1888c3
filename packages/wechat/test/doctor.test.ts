import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { runDoctorCli } from '../src/cli/run-doctor-cli.ts'
import { app, type FakeReply, loginCode, phoneCode } from './_fake-wechat.ts'

const now = new Date('2026-11-20T08:00:00Z')
const env = { WECHAT_APP_ID: app.appId, WECHAT_APP_SECRET: app.secret }

/** Runs the command against a WeChat that gives these answers by the last word of the path. */
async function run(
  args: readonly string[],
  answers: Record<string, FakeReply> = {},
  options: { env?: object } = {},
) {
  const lines: string[] = []
  const asked: string[] = []
  const exitCode = await runDoctorCli(args, {
    env: { ...env, ...options.env },
    clock: () => now,
    print: (line) => lines.push(line),
    fetch: async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      const word = pathname.split('/').at(-1) ?? ''
      asked.push(word)
      const answer = answers[word] ?? new TypeError('fetch failed')
      if (answer instanceof Error) throw answer
      return answer instanceof Response
        ? answer
        : Response.json(answer, { headers: { date: now.toUTCString() } })
    },
  })
  return { exitCode, asked, lines, text: lines.join('\n') }
}

const token = { access_token: '99_planted-access-token-of-some-length', expires_in: 7200 }
const stale = { errcode: 40003, errmsg: 'invalid openid rid: 6949fe38-0627ff0d-47df91c7' }

test('all is good when WeChat gives a token and believes it', async () => {
  const { exitCode, lines } = await run(['doctor'], { stable_token: token, checksession: stale })
  expect(lines.map((line) => line.replace(/ {2,}.*/, ''))).toEqual(Array.from({ length: 8 }, () => 'good'))
  expect(exitCode).toBe(0)
})

test.each([
  ['an unknown appid', { errcode: 40013, errmsg: 'invalid appid' }, /bad +appid +40013.*\n +→ Compare/],
  [
    'a wrong secret',
    { errcode: 40125, errmsg: 'invalid appsecret' },
    /bad +secret +40125.*\n +→ Copy it again/,
  ],
  ['a frozen secret', { errcode: 40243, errmsg: 'frozen' }, /bad +secret +40243.*\n +→ Unfreeze/],
  [
    'an address that is not in the whitelist, with the address',
    {
      errcode: 40164,
      errmsg:
        'invalid ip 182.150.41.147 ipv6 ::ffff:182.150.41.147, not in whitelist rid: 6949fe38-0627ff0d-47df91c7',
    },
    /bad +IP whitelist +40164.*182\.150\.41\.147.*rid 6949fe38-0627ff0d-47df91c7.*\n +→ Add the address/,
  ],
  ['a spent quota', { errcode: 45009, errmsg: 'reach max api daily quota limit' }, /bad +token fetch +45009/],
  [
    'an errcode that nobody knows',
    { errcode: 99999, errmsg: 'what' },
    /bad +token fetch +99999.*\n +→ Look the number up/,
  ],
  ['no network', new TypeError('fetch failed'), /bad +token fetch +WeChat did not answer stable_token/],
])('the doctor finds %s', async (_, answer, found) => {
  const { exitCode, text } = await run(['doctor'], { stable_token: answer })
  expect(text).toMatch(found)
  expect(text.match(/^bad/gm)).toHaveLength(1)
  expect(exitCode).toBe(1)
})

test('the doctor finds a clock that is wrong, in either direction', async () => {
  for (const [minutes, words] of [
    [-10, 'ahead of'],
    [10, 'behind'],
  ] as const) {
    const date = new Date(now.getTime() + minutes * 60_000).toUTCString()
    const answer = Response.json(token, { headers: { date } })
    const { text } = await run(['doctor'], { stable_token: answer })
    expect(text).toMatch(new RegExp(`bad +clock +600 s ${words} WeChat's`))
  }
})

test('the doctor finds a token that WeChat does not believe', async () => {
  const { text } = await run(['doctor'], {
    stable_token: token,
    checksession: { errcode: 40001, errmsg: 'x' },
  })
  expect(text).toMatch(/bad +token +40001/)
})

test('a secret in the place of the appid is told from its shape, and printed nowhere', async () => {
  const { text } = await run(
    ['doctor'],
    {},
    { env: { WECHAT_APP_ID: app.secret, WECHAT_APP_SECRET: app.appId } },
  )
  expect(text).toMatch(/bad +appid shape .*32 characters/)
  expect(text).toMatch(/bad +secret shape .*18 characters/)
  expect(text).not.toContain(app.secret)
})

test('missing settings are named together', async () => {
  const { exitCode, text } = await run(
    ['doctor'],
    {},
    { env: { WECHAT_APP_ID: '', WECHAT_APP_SECRET: undefined } },
  )
  expect(text).toMatch(/WECHAT_APP_ID and WECHAT_APP_SECRET/)
  expect(exitCode).toBe(2)
})

test.each([
  ['--code', loginCode, 0, /good +login code/],
  ['--code', phoneCode, 1, /bad +login code .*phone code.*\n +→ jscode2session wants/],
  ['--code', 'the code is a mock one', 1, /bad .*DevTools.*\n +→ Open the project/],
  ['--code', `${loginCode} `, 1, /blanks around it/],
  ['--code', loginCode.slice(1), 1, /unknown .*31 characters/],
  ['--phone-code', phoneCode, 0, /good +phone code/],
  ['--phone-code', loginCode, 1, /bad +phone code .*login code.*\n +→ The phone API wants/],
] as const)('doctor %s explains %s without sending it', async (option, code, exitCode, found) => {
  const it = await run(['doctor', option, code])
  expect(it.text).toMatch(found)
  expect(it.exitCode).toBe(exitCode)
  expect(it.asked).toEqual([])
  if (code.length > 30) expect(it.text).not.toContain(code)
})

test('no secret and no token is printed, whatever happens', async () => {
  const leaky = {
    errcode: 40001,
    errmsg: `invalid ${app.secret} ${token.access_token} 13580006666 hint: [abc]`,
  }
  for (const answers of [
    { stable_token: token, checksession: stale },
    { stable_token: leaky },
    { stable_token: '{' },
  ]) {
    const { text } = await run(['doctor'], answers)
    for (const secret of [app.secret, token.access_token, '13580006666']) expect(text).not.toContain(secret)
  }
})

test('a wrong call tells how to call it', async () => {
  for (const args of [[], ['patient'], ['doctor', 'who'], ['doctor', '--colour'], ['doctor', '--code']]) {
    const { exitCode, text } = await run(args)
    expect(text).toMatch(/kinpass-wechat doctor --code/)
    expect(exitCode).toBe(2)
  }
  expect((await run(['--help'])).exitCode).toBe(0)
})

test('the doctor finds what is wrong with a local WeChat', async () => {
  await using weChat = await startSandbox()
  const lines: string[] = []
  const visit = (secret = weChat.app.secret) =>
    runDoctorCli(['doctor'], {
      env: { WECHAT_APP_ID: weChat.app.appId, WECHAT_APP_SECRET: secret, WECHAT_BASE_URL: weChat.url },
      fetch,
      clock: () => weChat.clock.now(),
      print: (line) => lines.push(line),
    })
  expect(await visit()).toBe(0)
  expect(await visit('0'.repeat(32))).toBe(1)
  expect(lines.join('\n')).toMatch(/bad +secret +40125/)
  weChat.console().setIpWhitelist(['192.0.2.1'])
  expect(await visit()).toBe(1)
  expect(lines.join('\n')).toMatch(/bad +IP whitelist +40164.*127\.0\.0\.1/)
  weChat.console().setIpWhitelist(undefined)
  weChat.console().freezeSecret()
  expect(await visit()).toBe(1)
  expect(lines.join('\n')).toMatch(/bad +secret +40243/)
})
