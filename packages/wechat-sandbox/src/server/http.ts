import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { gatewayPage } from './gateway-page.ts'

export interface ListeningServer extends AsyncDisposable {
  readonly url: string
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const MAX_HEADER_BYTES = 65_536

/** Serves on a port until it is disposed of. Rejects with EADDRINUSE when the port is taken. */
export async function listen(host: string, port: number, handle: RequestHandler): Promise<ListeningServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A request that the client aborted is not a bug of the sandbox; every other error is.
      if (!request.destroyed || request.complete) process.emitWarning(asError(error))
      response.destroy()
    })
  })
  server.on('clientError', respondToBadRequest)
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

/** Reads the whole body. Beyond `maxBytes` the rest is read and dropped, so that the response can be sent. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
  }
  return size > maxBytes ? 'too-large' : Buffer.concat(chunks)
}

export interface ResponseContent {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export function sendResponse(response: ServerResponse, { status, contentType, body }: ResponseContent): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

// Malformed HTTP and oversized headers never reach the request handler.
function respondToBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
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
