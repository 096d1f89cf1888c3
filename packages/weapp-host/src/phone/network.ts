import type { WxCallControl, WxStubs } from '../runtime/wx-dispatcher.ts'
import { WxError } from '../runtime/wx-error.ts'
import { createNetworkError, type NetworkErrorCode } from './network-error.ts'
import type { PhonePlatform } from './phone-platform.ts'

/** `wx.request` over real HTTP, with injected network errors. */
export interface Network {
  readonly wx: WxStubs
  /** False: no request leaves the phone. */
  isOnline: boolean
  /** Ends all requests in flight with an error. The server may have processed them. */
  cut(code?: NetworkErrorCode): void
  /** Ends the next request with an error. The request reaches the server only with `after-sending`. */
  failNext(code: NetworkErrorCode, when?: 'before-sending' | 'after-sending'): void
}

export interface NetworkOptions {
  readonly platform: PhonePlatform
  /** Maps a URL of the build, `https://api.example.com`, to the test's server, `http://127.0.0.1:4000`. */
  readonly route?: (url: string) => string
  /** The request domains in the mini-program's console, `https://api.example.com`. Default: any. */
  readonly domains?: readonly string[]
}

interface RequestOptions {
  readonly url: string
  readonly method?: string
  readonly header?: Readonly<Record<string, string>>
  readonly data?: unknown
  /** Milliseconds. */
  readonly timeout?: number
  readonly dataType?: string
  readonly responseType?: string
}

/** WeChat's default. */
const DEFAULT_TIMEOUT_MS = 60_000

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function createNetwork({ platform, route = (url) => url, domains }: NetworkOptions): Network {
  const inFlight = new Set<(code: NetworkErrorCode) => void>()
  let next: { readonly code: NetworkErrorCode; readonly isSent: boolean } | undefined

  async function request(options: RequestOptions, { signal, emit }: WxCallControl) {
    const { url, timeout = DEFAULT_TIMEOUT_MS } = options
    const injected = next
    next = undefined
    if (!network.isOnline) throw createNetworkError('offline', platform)
    if (domains && !domains.includes(new URL(url).origin))
      throw createNetworkError('domain-not-allowed', platform)
    if (injected && !injected.isSent) throw createNetworkError(injected.code, platform)

    const abortController = new AbortController()
    const abort = (code: NetworkErrorCode) => abortController.abort(createNetworkError(code, platform))
    const timer = setTimeout(abort, timeout, 'timeout')
    inFlight.add(abort)
    try {
      const response = await fetch(route(url), {
        ...toFetchInit(options),
        signal: AbortSignal.any([signal, abortController.signal]),
      })
      if (injected) throw createNetworkError(injected.code, platform)
      const header = Object.fromEntries(response.headers)
      emit('onHeadersReceived', { header, statusCode: response.status, cookies: [] })
      return { data: await readBody(response, options), statusCode: response.status, header, cookies: [] }
    } catch (error) {
      throw error instanceof WxError ? error : createNetworkError(toErrorCode(error), platform)
    } finally {
      clearTimeout(timer)
      inFlight.delete(abort)
    }
  }

  const network: Network = {
    isOnline: true,
    wx: {
      request,
      getNetworkType: () => ({ networkType: network.isOnline ? 'wifi' : 'none' }),
    },
    cut(code = 'interrupted') {
      for (const abort of inFlight) abort(code)
    },
    failNext(code, when = 'before-sending') {
      next = { code, isSent: when === 'after-sending' }
    },
  }
  return network
}

function toFetchInit({ method = 'GET', header, data }: RequestOptions) {
  // WeChat sets `referer` and ignores the caller's value; version 0 is a development build.
  const headers = {
    'content-type': 'application/json',
    ...header,
    referer: 'https://servicewechat.com/touristappid/0/page-frame.html',
  }
  const body = data === undefined || typeof data === 'string' ? data : JSON.stringify(data)
  return { method, headers, ...(body !== undefined && method !== 'GET' && { body }) }
}

async function readBody(response: Response, { dataType = 'json', responseType = 'text' }: RequestOptions) {
  if (responseType === 'arraybuffer') return response.arrayBuffer()
  const text = await response.text()
  if (dataType !== 'json') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    // WeChat returns a body that is not JSON as text.
    return text
  }
}

/** `fetch` rejects with a TypeError whose `cause` has the system's error code. */
function toErrorCode(error: unknown): NetworkErrorCode {
  // Any value can be thrown; a missing `cause` is handled.
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED' ? 'refused' : 'reset'
}
