import { WeChatResponseError, WeChatUnreachableError } from '../errors/errors.ts'
import type { Endpoint } from '../protocol/retry-table.ts'

/** An HTTP request to WeChat, relative to the base URL. */
export interface RawRequest {
  readonly endpoint: Endpoint
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
}

/** An HTTP response before parsing. */
export interface RawResponse {
  readonly status: number
  readonly text: string
  /** The `Date` header; undefined if absent or invalid. */
  readonly respondedAt: Date | undefined
}

export type HttpSend = (request: RawRequest) => Promise<RawResponse>

/** WeChat's largest responses are a few KiB. */
const MAX_RESPONSE_BYTES = 256 * 1024

/**
 * Returns a function that sends one HTTP request and reads the response as text.
 *
 * The deadline covers the response body. Redirects are returned, never followed, because the query contains the
 * AppSecret. Throws `WeChatUnreachableError`, and `WeChatResponseError` for a response that is too large. No other
 * module calls `fetch`.
 */
export function createHttpSend(
  deps: { fetch: typeof fetch },
  options: { baseUrl: string; deadlineMs: number },
): HttpSend {
  return async ({ endpoint, path, method, query, body }) => {
    const url = new URL(options.baseUrl.replace(/\/+$/, '') + path)
    url.search = new URLSearchParams(query).toString()
    const signal = AbortSignal.timeout(options.deadlineMs)
    let hasResponse = false
    try {
      const response = await deps.fetch(url, {
        method,
        signal,
        redirect: 'manual',
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      hasResponse = true
      const text = await readText(response, endpoint)
      return { status: response.status, text, respondedAt: parseDate(response.headers.get('date')) }
    } catch (cause) {
      if (cause instanceof WeChatResponseError) throw cause
      const reason = signal.aborted ? 'timeout' : 'network'
      throw new WeChatUnreachableError(
        { endpoint, reason, sent: hasResponse || mayBeSent(cause) },
        { cause: withoutUrl(cause) },
      )
    }
  }
}

async function readText(response: Response, endpoint: Endpoint): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // The DOM types lack the async iterator that ReadableStream has in Node.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MAX_RESPONSE_BYTES)
      throw new WeChatResponseError({ endpoint, reason: 'too-large', status: response.status })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parseDate(header: string | null): Date | undefined {
  const date = new Date(header ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** Codes of fetch errors for which no connection was made, so nothing was sent. */
const CONNECT_ERROR_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

function mayBeSent(cause: unknown): false | 'unknown' {
  const code = codeOf(cause) ?? codeOf(cause instanceof Error ? cause.cause : undefined)
  return code !== undefined && (CONNECT_ERROR_CODES.has(code) || /CERT|TLS|UNABLE_TO_VERIFY/.test(code))
    ? false
    : 'unknown'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Copies the codes or names of a fetch error, not its message: some runtimes put the URL with the secret there. */
function withoutUrl(cause: unknown): Error {
  const inner = cause instanceof Error ? cause.cause : undefined
  return new Error(
    [cause, inner]
      .map((error) => codeOf(error) ?? nameOf(error))
      .filter(Boolean)
      .join(': '),
  )
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
