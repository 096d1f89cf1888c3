import { Socket } from 'node:net'

/** The database took a query and went silent: the server hangs, or the network drops what is sent. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent'
  readonly code = 'DATABASE_SILENT'

  constructor(silenceMs: number) {
    super(`the database has sent nothing for ${silenceMs} ms, so its connection is cut`)
  }
}

/**
 * A socket that ends when nothing has passed in either direction for `silenceMs`. PostgreSQL's own timeouts are kept by
 * the server; this one also holds when the server hangs. All that waits on the connection fails with it.
 */
export function watchedSocket(silenceMs: number): Socket {
  const socket = new Socket()
  socket.setTimeout(silenceMs, () => socket.destroy(new DatabaseSilent(silenceMs)))
  return socket
}
