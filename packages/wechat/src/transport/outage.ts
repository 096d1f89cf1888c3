import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '../errors/errors.ts'

/** WeChat or the way to it is out of order: the call may succeed a moment later. */
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
