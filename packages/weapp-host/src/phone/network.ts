import type { WxCallControl, WxStubs } from '../runtime/wx-bridge.ts'
import { WxFailure } from '../runtime/wx-error.ts'
import { type NetworkFault, wordsFor } from './network-words.ts'
import type { Platform } from './platform.ts'

/** `wx.request` over real HTTP, with a network that can be lost. */
export interface Network {
  readonly wx: WxStubs
  /** Off: nothing leaves the phone. */
  isOnline: boolean
  /** Cuts the requests that are under way: what the server did, it has done. */
  cut(fault?: NetworkFault): void
  /** What happens to the next request instead of its answer; it leaves the phone only if `afterSending`. */
  failNext(fault: NetworkFault, when?: 'before-sending' | 'after-sending'): void
}

export interface NetworkOptions {
  readonly platform: Platform
  /** Where a request really goes: the build knows `https://api.example.com`, the test serves `http://127.0.0.1:4000`. */
  readonly route?: (url: string) => string
  /** The request domains of the mini-program's console, `https://api.example.com`; any by default. */
  readonly domains?: readonly string[]
}

interface RequestOptions {
  readonly url: string
  readonly method?: string
  readonly header?: Readonly<Record<string, string>>
  readonly data?: unknown
  readonly timeout?: number
  readonly dataType?: string
  readonly responseType?: string
}

const defaultTimeoutMs = 60_000

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function createNetwork({ platform, route = (url) => url, domains }: NetworkOptions): Network {
  const underWay = new Set<(fault: NetworkFault) => void>()
  let next: { readonly fault: NetworkFault; readonly isSent: boolean } | undefined

  function failure(fault: NetworkFault) {
    const { errMsg, ...facts } = wordsFor(fault, platform)
    return new WxFailure(errMsg, facts)
  }

  async function request(options: RequestOptions, { signal, emit }: WxCallControl) {
    const { url, timeout = defaultTimeoutMs } = options
    const planned = next
    next = undefined
    if (!network.isOnline) throw failure('offline')
    if (domains && !domains.includes(new URL(url).origin)) throw failure('domain-not-allowed')
    if (planned && !planned.isSent) throw failure(planned.fault)

    const ending = new AbortController()
    const end = (fault: NetworkFault) => ending.abort(failure(fault))
    const timer = setTimeout(end, timeout, 'timeout')
    underWay.add(end)
    try {
      const response = await fetch(route(url), {
        ...messageOf(options),
        signal: AbortSignal.any([signal, ending.signal]),
      })
      if (planned) throw failure(planned.fault)
      const header = Object.fromEntries(response.headers)
      emit('onHeadersReceived', { header, statusCode: response.status, cookies: [] })
      return { data: await readBody(response, options), statusCode: response.status, header, cookies: [] }
    } catch (error) {
      throw error instanceof WxFailure ? error : failure(faultOf(error))
    } finally {
      clearTimeout(timer)
      underWay.delete(end)
    }
  }

  const network: Network = {
    isOnline: true,
    wx: {
      request,
      getNetworkType: () => ({ networkType: network.isOnline ? 'wifi' : 'none' }),
    },
    cut(fault = 'interrupted') {
      for (const end of underWay) end(fault)
    },
    failNext(fault, when = 'before-sending') {
      next = { fault, isSent: when === 'after-sending' }
    },
  }
  return network
}

function messageOf({ method = 'GET', header, data }: RequestOptions) {
  // `referer` is WeChat's and cannot be set; version 0 stands for a build under development.
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
    // WeChat hands over what it cannot parse.
    return text
  }
}

/** fetch tells a fault of the network as a TypeError whose cause has the system's code. */
function faultOf(error: unknown): NetworkFault {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED' ? 'refused' : 'reset'
}
