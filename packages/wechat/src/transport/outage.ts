import { WeChatRefused, WeChatUnreachable, WeChatUnreadable } from '../errors/errors.ts'

/** WeChat or the way to it is out of order: the call may succeed a moment later. */
export function isOutage(error: unknown): boolean {
  return (
    (error instanceof WeChatUnreachable && !isCircuitOpen(error)) ||
    (error instanceof WeChatUnreadable && error.reason === 'not-json') ||
    (error instanceof WeChatRefused && error.errcode === -1)
  )
}

export function isCircuitOpen(error: unknown): boolean {
  return error instanceof WeChatUnreachable && error.reason === 'circuit-open'
}
