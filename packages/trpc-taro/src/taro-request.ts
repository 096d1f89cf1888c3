/**
 * The part of `Taro.request` that the link uses. `wx.request` and test doubles have the same type.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export type TaroRequest = (options: TaroRequestOptions) => TaroRequestTask

export interface TaroRequestOptions {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly header: Record<string, string>
  /** The body as JSON text; absent for a call without input. */
  readonly data?: string
  /** Milliseconds. */
  readonly timeout: number
  /** Not `json`: platforms treat a body that is not JSON differently. */
  readonly dataType: 'text'
  readonly responseType: 'text'
  /** Called for any HTTP status. */
  readonly success: (response: TaroResponse) => void
  readonly fail: (failure: TaroRequestFailure) => void
}

export interface TaroResponse {
  readonly data?: unknown
  readonly statusCode: number
  readonly header?: Record<string, unknown>
}

/** WeChat sets `errMsg` and, since base library 2.24.0, `errno`. A browser passes its `Error`. */
export interface TaroRequestFailure {
  readonly errMsg?: string
  readonly errno?: number
  readonly message?: string
}

export interface TaroRequestTask {
  /** Missing after `Taro.addInterceptor` was called: https://github.com/NervJS/taro/issues/15174 */
  abort?(): void
  /** Taro's task is also a promise, WeChat's is not. */
  then?(onResponse: () => void, onFailure: () => void): unknown
}
