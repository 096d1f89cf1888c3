import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export interface Listening extends AsyncDisposable {
  readonly url: string
}

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Opens a port and serves on it until it is disposed of. Rejects when the port is taken. */
export async function listen(host: string, port: number, serve: Serve): Promise<Listening> {
  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(asError(error)))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
