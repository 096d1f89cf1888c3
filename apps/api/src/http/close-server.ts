import type { FastifyInstance } from 'fastify'

const LAST_ANSWERS_MS = 2_000

/** Closes a server that has nothing to do any more; a connection that is still sending a request after two seconds is cut. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), LAST_ANSWERS_MS)
  await server.close()
  clearTimeout(cut)
}
