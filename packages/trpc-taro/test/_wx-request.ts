import http from 'node:http'
import type { TaroRequestFailure, TaroResponse } from '../src/index.ts'

/** The options of `wx.request` that the tests use, with WeChat's loose types. */
interface WxRequestOptions {
  url: string
  method?: string
  header?: Record<string, string>
  data?: unknown
  timeout?: number
  dataType?: string
  success?: (response: TaroResponse & { errMsg: string }) => void
  fail?: (failure: TaroRequestFailure) => void
  complete?: (result: object) => void
}

/**
 * `wx.request` on node:http, as WeChat documents it.
 *
 * It calls callbacks and returns no promise, calls `success` for any HTTP status, parses the body if `dataType` is `json`,
 * keeps it as text if that fails, and returns a task with `abort`.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export function wxRequest(options: WxRequestOptions): { abort(): void } {
  const { method = 'GET', timeout = 60_000, dataType = 'json', data } = options
  let isSettled = false

  function end(callBack: () => void) {
    if (isSettled) return
    isSettled = true
    clearTimeout(timer)
    callBack()
  }
  function fail(errMsg: string) {
    end(() => {
      options.fail?.({ errMsg })
      options.complete?.({ errMsg })
    })
  }

  const call = http.request(options.url, {
    method,
    agent: false,
    headers: { 'content-type': 'application/json', ...options.header },
  })
  const timer = setTimeout(() => {
    fail('request:fail timeout')
    call.destroy()
  }, timeout)
  call.on('error', ({ message }) => fail(`request:fail ${message}`))
  call.on('response', (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', ({ message }) => fail(`request:fail ${message}`))
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const result = {
        data: dataType === 'json' ? parseJsonOrText(text) : text,
        statusCode: response.statusCode ?? 0,
        header: { ...response.headers },
        errMsg: 'request:ok',
      }
      end(() => {
        options.success?.(result)
        options.complete?.(result)
      })
    })
  })
  call.end(data === undefined || typeof data === 'string' ? data : JSON.stringify(data))

  return {
    abort() {
      fail('request:fail abort')
      call.destroy()
    },
  }
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // WeChat returns a body that is not JSON as text.
    return text
  }
}

/** `Taro.request` as @tarojs/shared builds it: the task is also a promise, and rejects when `fail` is called. */
export function taroRequest(options: WxRequestOptions): Promise<unknown> & { abort(): void } {
  let task = { abort() {} }
  const promise = new Promise((resolve, reject) => {
    task = wxRequest({
      ...options,
      success(response) {
        options.success?.(response)
        resolve(response)
      },
      fail(failure) {
        options.fail?.(failure)
        reject(failure)
      },
    })
  })
  return Object.assign(promise, { abort: () => task.abort() })
}

/** Creates a request function that sends nothing and fails. */
export function createFailingRequest(
  failure: TaroRequestFailure,
): (options: WxRequestOptions) => { abort(): void } {
  return ({ fail }) => {
    queueMicrotask(() => fail?.(failure))
    return { abort() {} }
  }
}
