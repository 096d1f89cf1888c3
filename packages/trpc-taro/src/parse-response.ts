import type { TRPCErrorResponse, TRPCSuccessResponse } from '@trpc/server/rpc'
import type { TaroResponse } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

/** tRPC's answer to one call. */
type Envelope = TRPCErrorResponse | TRPCSuccessResponse<unknown>

/**
 * Reads tRPC's envelope out of an HTTP answer, whatever its status.
 *
 * @throws {TransportError} `gateway` for an HTTP error that tRPC did not write, `unreadable` for any other foreign body
 */
export function parseTrpcResponse({ data, statusCode: status }: TaroResponse): Envelope {
  const body = typeof data === 'string' ? parseJson(data, status) : data
  if (isEnvelope(body)) return body
  throw foreignResponseError(status)
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw foreignResponseError(status, cause)
  }
}

function foreignResponseError(status: number, cause?: unknown): TransportError {
  return new TransportError(status >= 400 ? 'gateway' : 'unreadable', { status, cause })
}

function isEnvelope(body: unknown): body is Envelope {
  if (!isObject(body)) return false
  const { error, result } = body
  // tRPC's numbers are JSON-RPC's, below zero; a gateway writes `{ "error": { "code": 502 } }`.
  return isObject(error)
    ? Number(error.code) < 0 && typeof error.message === 'string'
    : isObject(result) && (result.type === undefined || result.type === 'data')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
