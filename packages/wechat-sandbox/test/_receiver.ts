import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** A push as it arrived. */
export interface ReceivedPush {
  readonly method: string
  readonly query: URLSearchParams
  readonly contentType: string | undefined
  readonly body: string
}

/** An app's server that takes pushes; `reply` says what it answers to each. */
export async function startPushReceiver(reply: (arrived: ReceivedPush) => { status?: number; body: string }) {
  const arrived: ReceivedPush[] = []
  const server = createServer((request, response) => {
    read(request).then(
      (one) => {
        arrived.push(one)
        const { status = 200, body } = reply(one)
        response.writeHead(status).end(body)
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/push`,
    arrived,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function read(request: IncomingMessage): Promise<ReceivedPush> {
  return {
    method: request.method ?? '',
    query: new URL(request.url ?? '/', 'http://receiver').searchParams,
    contentType: request.headers['content-type'],
    body: await text(request),
  }
}
