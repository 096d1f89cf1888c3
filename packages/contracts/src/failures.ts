/**
 * What the client does after a failure. Following the advice can succeed.
 *
 * - `none`: show the failure; no repetition helps.
 * - `same-request`: send the identical request once more.
 * - `new-login-code`: get a new code from `wx.login`, then try again.
 * - `new-phone-tap`: the person taps WeChat's phone button again.
 * - `{ afterMs }`: wait that many milliseconds, then send the identical request.
 */
export type Retry =
  | 'none'
  | 'same-request'
  | 'new-login-code'
  | 'new-phone-tap'
  | { readonly afterMs: number }

interface FailureMeaning {
  /** The tRPC error code, which determines the HTTP status. */
  readonly trpc:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'METHOD_NOT_SUPPORTED'
    | 'TOO_MANY_REQUESTS'
    | 'INTERNAL_SERVER_ERROR'
    | 'SERVICE_UNAVAILABLE'
  readonly retry: Retry
}

/** Every way a call can fail, with its HTTP meaning and its retry advice. */
export const failures = {
  // The request.
  INPUT_INVALID: { trpc: 'BAD_REQUEST', retry: 'none' },
  BODY_UNREADABLE: { trpc: 'BAD_REQUEST', retry: 'none' },
  BODY_TOO_LARGE: { trpc: 'PAYLOAD_TOO_LARGE', retry: 'none' },
  BODY_NOT_JSON: { trpc: 'UNSUPPORTED_MEDIA_TYPE', retry: 'none' },
  METHOD_WRONG: { trpc: 'METHOD_NOT_SUPPORTED', retry: 'none' },
  PROCEDURE_UNKNOWN: { trpc: 'NOT_FOUND', retry: 'none' },

  // The login code of `wx.login`.
  LOGIN_CODE_INVALID: { trpc: 'BAD_REQUEST', retry: 'new-login-code' },
  LOGIN_CODE_SPENT: { trpc: 'BAD_REQUEST', retry: 'new-login-code' },
  LOGIN_CODE_IS_PHONE_CODE: { trpc: 'BAD_REQUEST', retry: 'none' },
  LOGIN_CODE_IS_MOCK: { trpc: 'BAD_REQUEST', retry: 'none' },

  // The phone code of WeChat's phone button.
  PHONE_CODE_INVALID: { trpc: 'BAD_REQUEST', retry: 'new-phone-tap' },
  PHONE_CODE_IS_LOGIN_CODE: { trpc: 'BAD_REQUEST', retry: 'none' },
  PHONE_CODE_OF_ANOTHER: { trpc: 'BAD_REQUEST', retry: 'new-phone-tap' },
  PHONE_NUMBER_MISSING: { trpc: 'BAD_REQUEST', retry: 'new-phone-tap' },

  // WeChat.
  WECHAT_RISK_BLOCKED: { trpc: 'FORBIDDEN', retry: 'none' },
  WECHAT_BUSY: { trpc: 'TOO_MANY_REQUESTS', retry: { afterMs: 60_000 } },
  WECHAT_UNAVAILABLE: { trpc: 'SERVICE_UNAVAILABLE', retry: { afterMs: 3_000 } },
  WECHAT_MISCONFIGURED: { trpc: 'INTERNAL_SERVER_ERROR', retry: 'none' },

  // The access token.
  TOKEN_MISSING: { trpc: 'UNAUTHORIZED', retry: 'new-login-code' },
  TOKEN_INVALID: { trpc: 'UNAUTHORIZED', retry: 'new-login-code' },
  TOKEN_EXPIRED: { trpc: 'UNAUTHORIZED', retry: 'new-login-code' },

  // The session.
  /** Logged out, expired, or ended after a replay. The app may log in again without the person. */
  SESSION_ENDED: { trpc: 'UNAUTHORIZED', retry: 'new-login-code' },
  /** Ended by the member from another device. The app must not log in again without the person. */
  SESSION_REVOKED: { trpc: 'UNAUTHORIZED', retry: 'new-phone-tap' },
  REFRESH_TOKEN_INVALID: { trpc: 'UNAUTHORIZED', retry: 'new-login-code' },

  // The member.
  MEMBER_UNKNOWN: { trpc: 'UNAUTHORIZED', retry: 'new-phone-tap' },
  MEMBER_BANNED: { trpc: 'FORBIDDEN', retry: 'none' },

  // The service.
  RATE_LIMITED: { trpc: 'TOO_MANY_REQUESTS', retry: { afterMs: 10_000 } },
  SERVICE_UNAVAILABLE: { trpc: 'SERVICE_UNAVAILABLE', retry: { afterMs: 3_000 } },
  INTERNAL: { trpc: 'INTERNAL_SERVER_ERROR', retry: 'none' },
} as const satisfies Record<string, FailureMeaning>

/** The name of a failure. A name is never changed or reused: released mini-programs compare it. */
export type FailureCode = keyof typeof failures

export const failureCodes = Object.keys(failures) as readonly FailureCode[]

/**
 * An expected failure of a call, thrown by handlers.
 *
 * The client receives `code` and `retry` only. `cause` is for the server's log.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly retry: Retry

  constructor(code: FailureCode, options: { cause?: unknown; afterMs?: number } = {}) {
    super(code, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retry = options.afterMs === undefined ? failures[code].retry : { afterMs: options.afterMs }
  }
}
