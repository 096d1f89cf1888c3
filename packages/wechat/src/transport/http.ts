import { WeChatResponseError, WeChatUnreachableError } from '../errors/errors.ts'
import type { Endpoint } from '../protocol/retry-table.ts'

/** One request to WeChat. */
export interface RawRequest {
  readonly endpoint: Endpoint
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
}

/** What came back, not yet understood. */
export interface RawResponse {
  readonly status: number
  readonly text: string
  /** When WeChat says that it answered. */
  readonly respondedAt: Date | undefined
}

export type HttpSend = (request: RawRequest) => Promise<RawResponse>

/** WeChat's largest answers are some KiB. */
const MAX_BYTES = 256 * 1024

/**
 * The one place that speaks to WeChat: sends a request once and reads its answer as text within the
 * deadline. A redirect is an answer, never followed: the query holds the secret.
 */
export function createHttpSend(options: {
  baseUrl: string
  fetch: typeof fetch
  deadlineMs: number
}): HttpSend {
  return async ({ endpoint, path, method, query, body }) => {
    const url = new URL(options.baseUrl.replace(/\/+$/, '') + path)
    url.search = new URLSearchParams(query).toString()
    const signal = AbortSignal.timeout(options.deadlineMs)
    let answering = false
    try {
      const response = await options.fetch(url, {
        method,
        signal,
        redirect: 'manual',
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      answering = true
      const text = await readText(response, endpoint)
      return { status: response.status, text, respondedAt: readDate(response.headers.get('date')) }
    } catch (cause) {
      if (cause instanceof WeChatResponseError) throw cause
      const reason = signal.aborted ? 'timeout' : 'network'
      throw new WeChatUnreachableError(
        { endpoint, reason, sent: answering || wasSent(cause) },
        { cause: withoutUrl(cause) },
      )
    }
  }
}

async function readText(response: Response, endpoint: Endpoint): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // Typed by the DOM as a stream without iteration; in Node it iterates.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MAX_BYTES)
      throw new WeChatResponseError({ endpoint, reason: 'too-large', status: response.status })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function readDate(header: string | null): Date | undefined {
  const date = new Date(header ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** What fetch's cause is called when no connection was made: nothing left this machine. */
const neverSent = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

function wasSent(cause: unknown): false | 'unknown' {
  const code = codeOf(cause) ?? codeOf(cause instanceof Error ? cause.cause : undefined)
  return code !== undefined && (neverSent.has(code) || /CERT|TLS|UNABLE_TO_VERIFY/.test(code))
    ? false
    : 'unknown'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The kind of a fetch error without its text, since some runtimes put the URL there, and the secret with it. */
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
