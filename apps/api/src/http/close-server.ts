import type { FastifyInstance } from 'fastify'

const CLOSE_TIMEOUT_MS = 2_000

/** Closes a server without calls in flight. Connections that are still sending a request are closed after 2 seconds. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  await server.close()
  clearTimeout(timer)
}
