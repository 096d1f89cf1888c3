import { createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import {
  exchangeLoginCode,
  exchangePhoneCode,
  fetchAccessToken,
  fetchJson,
  fetchStableToken,
  type JsonResponse,
  postJson,
  wechatUrl,
} from './_requests.ts'

const Fixture = z.object({
  endpoint: z.string(),
  source: z.string(),
  contentType: z.string(),
  answers: z.array(
    z.object({ name: z.string(), source: z.string(), body: z.record(z.string(), z.unknown()) }),
  ),
})

type Scenario = (sandbox: Sandbox) => Promise<JsonResponse>

const fetchPlainToken = (sandbox: Sandbox, overrides: Record<string, string> = {}) =>
  fetchJson(
    wechatUrl(sandbox, '/cgi-bin/token', {
      grant_type: 'client_credential',
      appid: sandbox.app.appId,
      secret: sandbox.app.secret,
      ...overrides,
    }),
  )

async function fetchSigned(sandbox: Sandbox, path: string, signature?: string) {
  const alice = sandbox.person('alice')
  const key = String((await exchangeLoginCode(sandbox, alice.tapsLogin())).body.session_key)
  return fetchJson(
    wechatUrl(sandbox, path, {
      access_token: await fetchAccessToken(sandbox),
      openid: alice.openId,
      signature: signature ?? createHmac('sha256', key).update('').digest('hex'),
      sig_method: 'hmac_sha256',
    }),
  )
}

const scenarios: Record<string, Scenario> = {
  '/sns/jscode2session success': (sandbox) => exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin()),
  '/sns/jscode2session invalid code': (sandbox) => exchangeLoginCode(sandbox, 'unknown'),
  async '/sns/jscode2session spent code'(sandbox) {
    const code = sandbox.person('alice').tapsLogin()
    await exchangeLoginCode(sandbox, code)
    return exchangeLoginCode(sandbox, code)
  },
  '/sns/jscode2session no appid': (sandbox) => exchangeLoginCode(sandbox, 'unknown', { appid: '' }),
  '/sns/jscode2session unknown appid': (sandbox) => exchangeLoginCode(sandbox, 'unknown', { appid: 'wx0' }),
  '/sns/jscode2session blocked'(sandbox) {
    sandbox.person('alice').block()
    return exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin())
  },
  '/sns/jscode2session too often'(sandbox) {
    sandbox.console().setQuotaLeft('login/minute', 0)
    return exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin())
  },
  '/cgi-bin/token success': (sandbox) => fetchPlainToken(sandbox),
  '/cgi-bin/token unknown appid': (sandbox) => fetchPlainToken(sandbox, { appid: 'wx0' }),
  '/cgi-bin/token no appid': (sandbox) => fetchPlainToken(sandbox, { appid: '' }),
  '/cgi-bin/token wrong grant_type': (sandbox) => fetchPlainToken(sandbox, { grant_type: '' }),
  '/cgi-bin/token wrong secret': (sandbox) => fetchPlainToken(sandbox, { secret: 'x' }),
  '/cgi-bin/token address not listed'(sandbox) {
    sandbox.console().setIpWhitelist([])
    return fetchPlainToken(sandbox)
  },
  '/cgi-bin/stable_token success': (sandbox) => fetchStableToken(sandbox),
  async '/cgi-bin/stable_token success with what is left'(sandbox) {
    await fetchStableToken(sandbox)
    sandbox.clock.advance((7_200 - 345) * 1_000)
    return fetchStableToken(sandbox)
  },
  '/cgi-bin/stable_token unknown appid': (sandbox) => fetchStableToken(sandbox, { appid: 'wx0' }),
  '/cgi-bin/stable_token day quota used up'(sandbox) {
    sandbox.console().setQuotaLeft('stable-token/day', 0)
    return fetchStableToken(sandbox)
  },
  async '/wxa/business/getuserphonenumber success as documented'() {
    await using sandbox = await startSandbox({ rules: { countryCodeIsNumber: true } })
    return await exchangePhoneCode(sandbox, sandbox.person('alice').allowsPhone())
  },
  '/wxa/business/getuserphonenumber success as seen': (sandbox) =>
    exchangePhoneCode(sandbox, sandbox.person('alice').allowsPhone()),
  '/wxa/business/getuserphonenumber invalid code': (sandbox) => exchangePhoneCode(sandbox, 'unknown'),
  '/wxa/business/getuserphonenumber no token': (sandbox) =>
    postJson(wechatUrl(sandbox, '/wxa/business/getuserphonenumber'), { code: 'unknown' }),
  '/wxa/business/getuserphonenumber token not latest': (sandbox) =>
    postJson(wechatUrl(sandbox, '/wxa/business/getuserphonenumber', { access_token: '9'.repeat(40) }), {
      code: 'unknown',
    }),
  async '/wxa/business/getuserphonenumber token expired'(sandbox) {
    const token = await fetchAccessToken(sandbox)
    sandbox.clock.advance(7_200_000)
    return postJson(wechatUrl(sandbox, '/wxa/business/getuserphonenumber', { access_token: token }), {
      code: 'unknown',
    })
  },
  async '/wxa/business/getuserphonenumber form instead of JSON'(sandbox) {
    const url = wechatUrl(sandbox, '/wxa/business/getuserphonenumber', {
      access_token: await fetchAccessToken(sandbox),
    })
    return fetchJson(url, { method: 'POST', body: new URLSearchParams({ code: 'unknown' }) })
  },
  '/wxa/checksession success': (sandbox) => fetchSigned(sandbox, '/wxa/checksession'),
  '/wxa/checksession wrong signature': (sandbox) => fetchSigned(sandbox, '/wxa/checksession', 'x'),
  '/wxa/resetusersessionkey success': (sandbox) => fetchSigned(sandbox, '/wxa/resetusersessionkey'),
  async '/wxa/msg_sec_check risky text'(sandbox) {
    const alice = sandbox.person('alice')
    alice.visits()
    const body = { version: 2, scene: 1, openid: alice.openId, content: '傻瓜才去赌博' }
    return postJson(
      wechatUrl(sandbox, '/wxa/msg_sec_check', { access_token: await fetchAccessToken(sandbox) }),
      body,
    )
  },
}

const folder = new URL('../fixtures/', import.meta.url)
const files = (await readdir(folder)).toSorted()
const fixtures = await Promise.all(
  files.map(async (file) => Fixture.safeParse(JSON.parse(await readFile(new URL(file, folder), 'utf8')))),
)
const transcripts = fixtures.flatMap(({ data }) =>
  (data?.answers ?? []).map(({ name, body }) => ({
    scenario: `${data?.endpoint} ${name}`,
    contentType: data?.contentType ?? '',
    body,
  })),
)

test('every transcribed response has a scenario, and every scenario a transcribed response', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(transcripts.map(({ scenario }) => scenario).toSorted())
})

test.each(transcripts)(
  'the response of the scenario $scenario has the transcribed form',
  async ({ scenario, contentType, body }) => {
    await using sandbox = await startSandbox({ clock: frozenClock('2026-01-01T00:00:00Z') })
    const response = await scenarios[scenario]?.(sandbox)
    expect(response?.status).toBe(200)
    expect(response?.contentType?.split(';')[0]).toBe(contentType)
    expect(formOf(response?.body, body)).toEqual(formOf(body, body))
  },
)

/** Errcodes, messages and `expires_in` as they are; of everything else only the type. See messageOf for `model`. */
function formOf(value: unknown, model: Readonly<Record<string, unknown>>, key = ''): unknown {
  if (key === 'errmsg' && typeof value === 'string') return messageOf(value, String(model.errmsg))
  if (key === 'errcode' || key === 'expires_in') return value
  if (Array.isArray(value)) return value.map((one) => formOf(one, model))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, formOf(one, model, name)]))
  }
  return typeof value
}

/** Masks rid, hint and IP. Removes the rid when the errmsg of the transcript, `model`, has none. */
function messageOf(message: string, model: string): string {
  const masked = message
    .replace(/rid: [0-9a-f-]{26}$/, 'rid: RID')
    .replace(/hint: \[[\w.-]{16}\]/, 'hint: [HINT]')
    .replace(/\d+\.\d+\.\d+\.\d+/g, 'IP')
  // Documents show the text alone; live responses add the rid.
  return model.includes('rid: ') ? masked : masked.replace(/,? rid: RID$/, '')
}
