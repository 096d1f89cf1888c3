/**
 * Whether an error of Prisma or `pg` means that the database is temporarily unavailable.
 *
 * It is unreachable, overloaded or restarting, so the same query may succeed later. Wrong credentials, missing tables and
 * violated constraints are not outages.
 */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isDatabaseOutage)
  if (!(error instanceof Error)) return false
  return errorCodes(error).some((code) => TRANSIENT_CODE.test(code)) || LOST_CONNECTION.test(error.message)
}

const TRANSIENT_CODE = new RegExp(
  `^(?:${[
    // Prisma: unreachable, timed out, closed, no connection or no transaction in time, deadlock, too many connections.
    // https://www.prisma.io/docs/orm/reference/error-reference
    'P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037',
    // The same conditions as named by the driver adapter.
    'DatabaseNotReachable|SocketTimeout|ConnectionClosed|TooManyConnections|TransactionWriteConflict',
    // PostgreSQL: connection exceptions, deadlock and serialization, resources, cancelled or shut down, idle in a
    // transaction, read-only after a failover. https://www.postgresql.org/docs/current/errcodes-appendix.html
    '08...|40001|40P01|53...|57014|57P0[1-5]|25P0[34]|25006',
    // The network.
    'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN',
    // DatabaseTimeoutError.
    'DATABASE_SILENT',
  ].join('|')})$`,
)

/** `pg` throws these without a code when a connection breaks or cannot be acquired. */
const LOST_CONNECTION =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout)/

/** A `pg` error as converted by Prisma's driver adapter. */
interface ConvertedError {
  kind?: unknown
  /** SQLSTATE. */
  originalCode?: unknown
}

/** Prisma's errors have the converted error in `meta`; the adapter's own, from COMMIT and ROLLBACK, as `cause`. */
function errorCodes(error: Error): string[] {
  // No class declares these properties. Every value read is unknown and filtered below.
  const { code, meta, cause } = error as Error & {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: ConvertedError } }
    cause?: ConvertedError
  }
  const converted = meta?.driverAdapterError?.cause ?? cause
  return [code, converted?.kind, converted?.originalCode].filter((found) => typeof found === 'string')
}
