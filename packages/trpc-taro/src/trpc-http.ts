import type { Operation } from '@trpc/client'
import type { TRPCErrorResponse, TRPCSuccessResponse } from '@trpc/server/rpc'
import type { TaroRequestOptions, TaroResponse } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

/** The options of one request, without the callbacks and the format of the response. */
export type HttpRequest = Pick<TaroRequestOptions, 'url' | 'method' | 'header' | 'data' | 'timeout'>

const DEFAULT_TIMEOUT_MS = 15_000

/**
 * Builds the request of a call as tRPC's HTTP specification defines it: https://trpc.io/docs/rpc
 *
 * @throws {TypeError} for a subscription, and for an input that cannot be serialized as JSON
 */
export function buildRequest(
  { path, type, input, context }: Operation,
  headers: Record<string, string>,
  { url, timeoutMs = DEFAULT_TIMEOUT_MS }: { readonly url: string; readonly timeoutMs?: number | undefined },
): HttpRequest {
  if (type === 'subscription') throw new TypeError(`${path} is a subscription: use a query or a mutation`)
  const json = input === undefined ? undefined : JSON.stringify(input)
  const timeout = typeof context.timeoutMs === 'number' ? context.timeoutMs : timeoutMs
  return type === 'query'
    ? { url: buildUrl(url, path, json), method: 'GET', header: headers, timeout }
    : {
        url: buildUrl(url, path),
        method: 'POST',
        header: { 'content-type': 'application/json', ...headers },
        timeout,
        ...(json !== undefined && { data: json }),
      }
}

function buildUrl(url: string, path: string, input?: string): string {
  const [base = '', ...query] = url.split(/\?(.*)/, 2)
  if (input !== undefined) query.push(`input=${encodeURIComponent(input)}`)
  return [`${base.replace(/\/$/, '')}/${path}`, query.filter(Boolean).join('&')].filter(Boolean).join('?')
}

/** tRPC's response to one call. */
type Envelope = TRPCErrorResponse | TRPCSuccessResponse<unknown>

/**
 * Parses tRPC's envelope from an HTTP response of any status.
 *
 * @throws {TransportError} `gateway` for an HTTP error that tRPC did not write, `unreadable` for any other body
 */
export function parseTrpcResponse({ data, statusCode: status }: TaroResponse): Envelope {
  const body = typeof data === 'string' ? parseJson(data, status) : data
  if (isEnvelope(body)) return body
  throw createForeignResponseError(status)
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw createForeignResponseError(status, cause)
  }
}

function createForeignResponseError(status: number, cause?: unknown): TransportError {
  return new TransportError(status >= 400 ? 'gateway' : 'unreadable', { status, cause })
}

function isEnvelope(body: unknown): body is Envelope {
  if (!isObject(body)) return false
  const { error, result } = body
  // tRPC's codes are those of JSON-RPC, below zero; gateways write `{ "error": { "code": 502 } }`.
  return isObject(error)
    ? Number(error.code) < 0 && typeof error.message === 'string'
    : isObject(result) && (result.type === undefined || result.type === 'data')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
