import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { gatewayPage } from './gateway-page.ts'

export interface Listening extends AsyncDisposable {
  readonly url: string
}

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Opens a port and serves on it until it is disposed of. Rejects when the port is taken. */
export async function listen(host: string, port: number, serve: Serve): Promise<Listening> {
  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A caller who hangs up half-way is nobody's fault; anything else is a bug of the sandbox.
      if (!request.destroyed || request.complete) process.emitWarning(asError(error))
      response.destroy()
    })
  })
  server.on('clientError', answerGarbage)
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

// What is not HTTP at all, or has endless headers, never reaches `serve`.
function answerGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 414 : 400
  const page = gatewayPage(status)
  const head = `HTTP/1.1 ${status} Bad Request\r\nContent-Type: text/html\r\nContent-Length: ${page.length}`
  socket.end(`${head}\r\nConnection: close\r\n\r\n${page}`)
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
