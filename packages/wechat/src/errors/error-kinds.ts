import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from './errors.ts'

/** WeChat rejects the access token with these before it reads anything else, so a code in the request is unused. */
const TOKEN_ERRCODES: ReadonlySet<number> = new Set([40001, 40014, 42001])

/** Whether WeChat rejected the access token of the request. */
export function isTokenError(error: unknown): error is WeChatApiError {
  return error instanceof WeChatApiError && TOKEN_ERRCODES.has(error.errcode)
}

/** Whether the session key is no longer the user's latest. WeChat documents 87009; one of its tables lists 87007. */
export function isStaleSession(error: unknown): boolean {
  return error instanceof WeChatApiError && (error.errcode === 87009 || error.errcode === 87007)
}

/** Whether WeChat, or the network path to it, is down: the same request may succeed a moment later. */
export function isOutage(error: unknown): boolean {
  return (
    (error instanceof WeChatUnreachableError && !isCircuitOpen(error)) ||
    (error instanceof WeChatResponseError && error.reason === 'not-json') ||
    (error instanceof WeChatApiError && error.errcode === -1)
  )
}

export function isCircuitOpen(error: unknown): boolean {
  return error instanceof WeChatUnreachableError && error.reason === 'circuit-open'
}
