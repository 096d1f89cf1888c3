import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { WeChat } from '../src/index.ts'
import { createFakeWeChat, loginCode, phoneCode } from './_fake-wechat.ts'

// Responses transcribed from WeChat's documentation. The tests of the sandbox use them too.
const folder = new URL('../../wechat-sandbox/fixtures/', import.meta.url)

const Fixture = z.object({
  endpoint: z.string(),
  contentType: z.string(),
  answers: z.array(z.object({ name: z.string(), body: z.looseObject({ errcode: z.int().optional() }) })),
})

const fixtures = readdirSync(folder)
  .map((file): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  .flatMap((content) => Fixture.safeParse(content).data ?? [])

const openId = 'xxxxxxx'
const session = { openId, sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==' }

const callsByPath: Record<string, (wechat: WeChat) => Promise<unknown>> = {
  '/sns/jscode2session': (wechat) => wechat.exchangeLoginCode(loginCode),
  '/cgi-bin/stable_token': (wechat) => wechat.exchangePhoneCode({ phoneCode }),
  '/wxa/business/getuserphonenumber': (wechat) => wechat.exchangePhoneCode({ phoneCode }),
  '/wxa/checksession': (wechat) => wechat.checkSession(session),
  '/wxa/resetusersessionkey': (wechat) => wechat.resetSessionKey(session),
  '/wxa/msg_sec_check': (wechat) => wechat.checkText({ openId, text: '', scene: 'profile' }),
}

const cases = fixtures
  .filter(({ endpoint }) => endpoint in callsByPath)
  .flatMap(({ endpoint, contentType, answers }) =>
    answers.map((example) => ({ endpoint, contentType, ...example })),
  )

test('the fixtures cover every endpoint', () => {
  expect(new Set(cases.map(({ endpoint }) => endpoint))).toEqual(new Set(Object.keys(callsByPath)))
})

test.each(cases)(
  'the documented response "$name" of $endpoint is parsed',
  async ({ endpoint, contentType, body }) => {
    const phone = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' }
    const watermark = { appid: 'xxxx', timestamp: 1637744274 }
    await using ctx = createFakeWeChat(
      ({ path }) => {
        // The documentation replaces the phone number by `xxxxxx`.
        const text = JSON.stringify(body).replaceAll('"xxxxxx"', '"13580006666"')
        if (path === endpoint) return new Response(text, { headers: { 'content-type': contentType } })
        if (path === '/cgi-bin/stable_token') return { access_token: '99_token', expires_in: 7200 }
        return { errcode: 0, errmsg: 'ok', phone_info: { ...phone, watermark } }
      },
      { appId: watermark.appid, clock: () => new Date(watermark.timestamp * 1_000) },
    )
    const call = callsByPath[endpoint]?.(ctx.wechat)
    if (body.errcode === 87009) await expect(call).resolves.toBe(false)
    else if (body.errcode) await expect(call).rejects.toMatchObject({ errcode: body.errcode })
    else await expect(call).resolves.toBeTruthy()
  },
)
