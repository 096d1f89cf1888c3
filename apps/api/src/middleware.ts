import { type CallMiddleware, Failure } from '@kinpass/contracts'
import type { AuditFailures } from './audit/audit-failures.ts'
import { isDatabaseOutage } from './database/is-database-outage.ts'
import type { ConcurrencyLimiter } from './http/concurrency-limiter.ts'

/** Runs around every call: concurrency limit, audit of failures, and `SERVICE_UNAVAILABLE` for a database outage. */
export function createMiddleware(deps: {
  limiter: ConcurrencyLimiter
  auditFailures: AuditFailures
}): CallMiddleware {
  const { limiter, auditFailures } = deps
  return (call, next) =>
    limiter.run(() => (call.declaration.auditsFailures ? auditFailures(call, next) : next()).catch(toFailure))
}

function toFailure(cause: unknown): never {
  throw isDatabaseOutage(cause) ? new Failure('SERVICE_UNAVAILABLE', { cause }) : cause
}
