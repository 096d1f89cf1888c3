import type { WeChatCall } from '../call.ts'

/** One endpoint of WeChat. */
export interface WeChatEndpoint {
  readonly path: string
  readonly contentType: 'text/plain' | typeof JSON_CONTENT_TYPE
  /** Returns the response body or throws an ErrcodeError. */
  handle(call: WeChatCall): object
}

/** WeChat writes `encoding` where the standard has `charset`. */
export const JSON_CONTENT_TYPE = 'application/json; encoding=utf-8'
