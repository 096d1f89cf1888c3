import http from 'node:http'
import type { TaroResponse, TaroRequestFailure } from '../src/index.ts'

/** The options of `wx.request` that matter here, as loosely typed as WeChat takes them. */
interface WxRequestOptions {
  url: string
  method?: string
  header?: Record<string, string>
  data?: unknown
  timeout?: number
  dataType?: string
  success?: (answer: TaroResponse & { errMsg: string }) => void
  fail?: (failure: TaroRequestFailure) => void
  complete?: (end: object) => void
}

/**
 * `wx.request` as its documentation describes it, on node:http: callbacks, never a promise; `success` for any HTTP status;
 * the body parsed when `dataType` is `json`, and left as text where that fails; a task with `abort`.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export function wxRequest(options: WxRequestOptions): { abort(): void } {
  const { method = 'GET', timeout = 60_000, dataType = 'json', data } = options
  let isOver = false

  function end(report: () => void) {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    report()
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
      const answer = {
        data: dataType === 'json' ? parseJsonOrText(text) : text,
        statusCode: response.statusCode ?? 0,
        header: { ...response.headers },
        errMsg: 'request:ok',
      }
      end(() => {
        options.success?.(answer)
        options.complete?.(answer)
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
    // WeChat hands over the text as it came.
    return text
  }
}

/** `Taro.request` as @tarojs/shared makes it of `wx.request`: the task is a promise too, and rejects when `fail` is called. */
export function taroRequest(options: WxRequestOptions): Promise<unknown> & { abort(): void } {
  let task = { abort() {} }
  const promise = new Promise((resolve, reject) => {
    task = wxRequest({
      ...options,
      success(answer) {
        options.success?.(answer)
        resolve(answer)
      },
      fail(failure) {
        options.fail?.(failure)
        reject(failure)
      },
    })
  })
  return Object.assign(promise, { abort: () => task.abort() })
}

/** A phone without a network: nothing leaves it. */
export function createFailingRequest(failure: TaroRequestFailure): (options: WxRequestOptions) => { abort(): void } {
  return ({ fail }) => {
    queueMicrotask(() => fail?.(failure))
    return { abort() {} }
  }
}
