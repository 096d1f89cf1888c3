import { createWeChat, type WeChat, type WeChatEvent, type WeChatOptions } from '../src/index.ts'

/** A request that the fake WeChat received. */
export interface ReceivedRequest {
  readonly path: string
  readonly method: string
  readonly query: URLSearchParams
  readonly body: unknown
}

/** What the fake responds: an object is sent as JSON, a string as it is, an error is thrown by `fetch`. */
export type FakeReply = object | string | Response | Error | Promise<Response>

export const app = { appId: 'wx4f4bc4dec97d474b', secret: '0123456789abcdef0123456789abcdef' }

/** The watermark's time in WeChat's published example. */
export const consentedAt = new Date('2016-10-24T13:03:07Z')

/** Creates a client whose `fetch` calls `respond`, with a clock that only `advance` and `sleep` move. */
export function createFakeWeChat(
  respond: (request: ReceivedRequest) => FakeReply,
  options: Partial<WeChatOptions> = {},
) {
  const requests: ReceivedRequest[] = []
  const events: WeChatEvent[] = []
  let now = consentedAt.getTime()
  const clock = () => new Date(now)

  const fakeFetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    const request = { path: url.pathname, method: init?.method ?? 'GET', query: url.searchParams, body }
    requests.push(request)
    const reply = await respond(request)
    if (reply instanceof Error) throw reply
    if (reply instanceof Response) return reply
    return new Response(typeof reply === 'string' ? reply : JSON.stringify(reply), {
      headers: { 'content-type': 'text/plain' },
    })
  }

  const wechat: WeChat = createWeChat({
    ...app,
    fetch: fakeFetch,
    clock,
    random: () => 0.5,
    sleep: async (ms) => {
      now += ms
    },
    onEvent: (event) => events.push(event),
    ...options,
  })

  return {
    wechat,
    requests,
    events,
    clock,
    advance: (ms: number) => {
      now += ms
    },
    requestsTo: (path: string) => requests.filter((request) => request.path.endsWith(path)),
    [Symbol.asyncDispose]: () => wechat[Symbol.asyncDispose](),
  }
}

export const loginResponse = {
  session_key: 'tiihtNczf5v6AKRyjwEUhQ==',
  openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
}

export const phoneResponse = {
  errcode: 0,
  errmsg: 'ok',
  phone_info: {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: 86,
    watermark: { timestamp: 1477314187, appid: app.appId },
  },
}

/** Responds successfully to every request. */
export function respondOk({ path }: ReceivedRequest): FakeReply {
  if (path === '/cgi-bin/stable_token') return { access_token: '99_token', expires_in: 7200 }
  if (path === '/sns/jscode2session') return loginResponse
  return phoneResponse
}

/** Codes of the right shape. */
export const loginCode = '0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P'
export const phoneCode = 'ab'.repeat(32)
