/**
 * Whether an error of Prisma or of `pg` means that the database is away, busy or restarting, so that the same query may
 * succeed a moment later. Wrong credentials, a missing table or a broken rule are none.
 */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isDatabaseOutage)
  if (!(error instanceof Error)) return false
  return codesOf(error).some((code) => passing.test(code)) || lostConnection.test(error.message)
}

const passing = new RegExp(
  `^(?:${[
    // Prisma: unreachable, timed out, closed, no connection or no transaction in time, deadlock, too many connections.
    // https://www.prisma.io/docs/orm/reference/error-reference
    'P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037',
    // The same by the names of the driver adapter.
    'DatabaseNotReachable|SocketTimeout|ConnectionClosed|TooManyConnections|TransactionWriteConflict',
    // PostgreSQL: connection exceptions, deadlock and serialization, resources, cancelled or shut down, idle in a
    // transaction, read-only after a failover. https://www.postgresql.org/docs/current/errcodes-appendix.html
    '08...|40001|40P01|53...|57014|57P0[1-5]|25P0[34]|25006',
    // The network.
    'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN',
    'DATABASE_SILENT',
  ].join('|')})$`,
)

/** What `pg` says, without any code, of a connection that broke or could not be had. */
const lostConnection =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout)/

/** What the driver adapter of Prisma makes of an error of `pg`. */
interface Converted {
  kind?: unknown
  /** PostgreSQL's own code. */
  originalCode?: unknown
}

/** Prisma's errors carry the converted one in `meta`; the adapter's own, from COMMIT and ROLLBACK, as their cause. */
function codesOf(error: Error): string[] {
  // None of these is declared by any class; whatever is there is looked at as unknown.
  const { code, meta, cause } = error as Error & {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: Converted } }
    cause?: Converted
  }
  const converted = meta?.driverAdapterError?.cause ?? cause
  return [code, converted?.kind, converted?.originalCode].filter((found) => typeof found === 'string')
}
