import { Socket } from 'node:net'

/** The database stopped responding: the server hangs, or the network drops packets. */
export class DatabaseTimeoutError extends Error {
  override readonly name = 'DatabaseTimeoutError'
  readonly code = 'DATABASE_SILENT'

  constructor(timeoutMs: number) {
    super(`the database sent nothing for ${timeoutMs} ms: connection closed`)
  }
}

/**
 * Creates a socket that is destroyed after `timeoutMs` without traffic in either direction.
 *
 * PostgreSQL enforces its own timeouts in the server; this one also works when the server hangs. Queries in flight on the
 * connection fail.
 */
export function createIdleTimeoutSocket(timeoutMs: number): Socket {
  const socket = new Socket()
  socket.setTimeout(timeoutMs, () => socket.destroy(new DatabaseTimeoutError(timeoutMs)))
  return socket
}
