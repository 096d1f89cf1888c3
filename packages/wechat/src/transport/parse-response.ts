import { z } from 'zod'
import { parseErrmsg } from '../errors/errmsg.ts'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '../errors/errors.ts'
import { explainCode } from '../protocol/explain-code.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import type { RawResponse } from './http.ts'

/** Old third-party samples carry errcode as a string. */
const Errcode = z.union([z.int(), z.string().regex(/^-?\d{1,9}$/)]).transform(Number)
const Head = z.object({ errcode: Errcode.nullish(), errmsg: z.unknown().optional() })

interface Expected<T> {
  readonly endpoint: Endpoint
  readonly success: z.ZodType<T>
  readonly oneTimeCode?: string
}

/**
 * Understands an answer: gives the fields of a success, throws for everything else.
 *
 * WeChat answers HTTP 200 for errors and calls JSON `text/plain` at some endpoints, so the body alone
 * decides. Success is an errcode of 0, or none.
 */
export function parseResponse<T>({ endpoint, success, oneTimeCode }: Expected<T>, answer: RawResponse): T {
  const { status } = answer
  const body = parseObject(answer.text)
  const head = Head.safeParse(body)
  if (head.success && head.data.errcode) {
    throw new WeChatApiError({
      endpoint,
      errcode: head.data.errcode,
      ...parseErrmsg(head.data.errmsg),
      sentCodeKind: oneTimeCode === undefined ? undefined : explainCode(oneTimeCode),
    })
  }
  if (status >= 500) throw new WeChatUnreachableError({ endpoint, reason: 'http-5xx', sent: true })
  if (body === undefined) throw new WeChatResponseError({ endpoint, reason: 'not-json', status })
  const read = success.safeParse(body)
  if (!head.success || !read.success) throw new WeChatResponseError({ endpoint, reason: 'shape', status })
  return read.data
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
