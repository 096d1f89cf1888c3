import type { TRPCErrorResponse, TRPCSuccessResponse } from '@trpc/server/rpc'
import type { TaroResponse } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

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
