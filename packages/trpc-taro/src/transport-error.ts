/**
 * Why no answer of the API came back.
 *
 * - `timeout`: the time was up, the server may have acted
 * - `offline`: no connection could be made (in a browser also: the connection broke, or CORS refused it)
 * - `interrupted`: the connection broke or the mini-program went to the background; the server may have acted
 * - `domain-not-allowed`: the host is not among the request domains of the mini-program's console
 * - `certificate`: TLS failed
 * - `gateway`: something before the API answered with an HTTP error of its own
 * - `unreadable`: the answer is empty, cut short, or not tRPC's
 * - `aborted`: the caller's signal
 * - `unknown`: the platform gave a reason that this package does not know, see `platformMessage`
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
  /** HTTP status, where an answer came. */
  readonly status?: number | undefined
  /** What the platform said, in its own words and language: for a log, not for people. */
  readonly platformMessage?: string | undefined
  readonly cause?: unknown
}

/** The `cause` of a `TRPCClientError` whose call brought no answer of the API. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  /** Stable: switch on it. */
  readonly code: TransportErrorCode
  readonly status: number | undefined
  readonly platformMessage: string | undefined

  constructor(code: TransportErrorCode, { status, platformMessage, cause }: TransportErrorDetails = {}) {
    super(`The call brought no answer of the API: ${code}`, { cause })
    this.code = code
    this.status = status
    this.platformMessage = platformMessage
  }
}

/** Reads why a call brought no answer; `undefined` where the API itself answered, or where it is no transport's fault. */
export function toTransportErrorCode(error: unknown): TransportErrorCode | undefined {
  if (error instanceof TransportError) return error.code
  return error instanceof Error && error.cause !== error ? toTransportErrorCode(error.cause) : undefined
}
