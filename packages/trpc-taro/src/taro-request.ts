/**
 * The least of `Taro.request` that the link asks for. `wx.request` and a test double fit as well.
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
  /** Not `json`: every platform does something else with a body that is no JSON. */
  readonly dataType: 'text'
  readonly responseType: 'text'
  /** Called for any HTTP status. */
  readonly success: (answer: TaroResponse) => void
  readonly fail: (failure: TaroRequestFailure) => void
}

export interface TaroResponse {
  readonly data?: unknown
  readonly statusCode: number
  readonly header?: Record<string, unknown>
}

/** WeChat fills `errMsg` and, from base library 2.24.0, `errno`; a browser hands over its `Error`. */
export interface TaroRequestFailure {
  readonly errMsg?: string
  readonly errno?: number
  readonly message?: string
}

export interface TaroRequestTask {
  /** Missing once `Taro.addInterceptor` was called: https://github.com/NervJS/taro/issues/15174 */
  abort?(): void
  /** Taro's task is a promise too; WeChat's is not. */
  then?(onAnswer: () => void, onFailure: () => void): unknown
}
