import { WeChatApiError } from './errors.ts'

/** WeChat documents 87009; one of its tables says 87007. */
export function isStaleSession(error: unknown): boolean {
  return error instanceof WeChatApiError && (error.errcode === 87009 || error.errcode === 87007)
}
