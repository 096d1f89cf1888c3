/**
 * Why a call got no response of the API.
 *
 * - `timeout`: the time was up; the server may have processed the call
 * - `offline`: no connection could be made; in a browser also a broken connection or a CORS rejection
 * - `interrupted`: the connection broke or the mini-program went to the background; the server may have processed the call
 * - `domain-not-allowed`: the host is not a request domain in the mini-program's console
 * - `certificate`: TLS failed
 * - `gateway`: a proxy before the API responded with an HTTP error of its own
 * - `unreadable`: the response is empty, truncated, or not tRPC's
 * - `aborted`: the caller's signal was aborted
 * - `unknown`: the platform gave a reason that is not in this list, see `platformMessage`
 */
export type TransportErrorCode =
  | 'timeout'
  | 'offline'
  | 'interrupted'
  | 'domain-not-allowed'
  | 'certificate'
  | 'gateway'
  | 'unreadable'
  | 'aborted'
  | 'unknown'

export interface TransportErrorDetails {
  /** HTTP status, if there was a response. */
  readonly status?: number | undefined
  /** The platform's message, in its own language: for logs, not for users. */
  readonly platformMessage?: string | undefined
  readonly cause?: unknown
}

/** The `cause` of a `TRPCClientError` whose call got no response of the API. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  /** Stable across versions. */
  readonly code: TransportErrorCode
  readonly status: number | undefined
  readonly platformMessage: string | undefined

  constructor(code: TransportErrorCode, { status, platformMessage, cause }: TransportErrorDetails = {}) {
    super(`The call got no response of the API: ${code}`, { cause })
    this.code = code
    this.status = status
    this.platformMessage = platformMessage
  }
}

/** Returns the code of the `TransportError` among an error and its causes; undefined if there is none. */
export function toTransportErrorCode(error: unknown): TransportErrorCode | undefined {
  if (error instanceof TransportError) return error.code
  return error instanceof Error && error.cause !== error ? toTransportErrorCode(error.cause) : undefined
}
