import { z } from 'zod'
import { parseErrmsg } from '../errors/errmsg.ts'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '../errors/errors.ts'
import { explainCode } from '../protocol/explain-code.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import type { RawResponse } from './http.ts'

/** Some third-party samples show errcode as a string. */
const Errcode = z.union([z.int(), z.string().regex(/^-?\d{1,9}$/)]).transform(Number)
const Envelope = z.object({ errcode: Errcode.nullish(), errmsg: z.unknown().optional() })

/** What {@link parseResponse} expects. */
export interface ExpectedResponse<T> {
  readonly endpoint: Endpoint
  readonly success: z.ZodType<T>
  /** The one-time code in the request; its kind goes into `WeChatApiError.sentCodeKind`. */
  readonly oneTimeCode?: string
}

/**
 * Returns the fields of a successful response; throws for any other.
 *
 * The body decides, not status or content type: WeChat returns HTTP 200 for errors, and JSON as `text/plain` at
 * some endpoints. Success is an errcode of 0 or none.
 */
export function parseResponse<T>(
  { endpoint, success, oneTimeCode }: ExpectedResponse<T>,
  { status, text }: RawResponse,
): T {
  const body = parseJsonObject(text)
  const envelope = Envelope.safeParse(body)
  if (envelope.success && envelope.data.errcode) {
    throw new WeChatApiError({
      endpoint,
      errcode: envelope.data.errcode,
      ...parseErrmsg(envelope.data.errmsg),
      sentCodeKind: oneTimeCode === undefined ? undefined : explainCode(oneTimeCode),
    })
  }
  if (status >= 500) throw new WeChatUnreachableError({ endpoint, reason: 'http-5xx', sent: true })
  if (body === undefined) throw new WeChatResponseError({ endpoint, reason: 'not-json', status })
  const parsed = success.safeParse(body)
  if (!envelope.success || !parsed.success)
    throw new WeChatResponseError({ endpoint, reason: 'shape', status })
  return parsed.data
}

function parseJsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
