import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

export interface ReceivedPush {
  readonly method: string
  readonly query: URLSearchParams
  readonly contentType: string | undefined
  readonly body: string
}

/** Starts an app's server that records pushes and responds to each with `reply`. */
export async function startPushReceiver(reply: (push: ReceivedPush) => { status?: number; body: string }) {
  const received: ReceivedPush[] = []
  const server = createServer((request, response) => {
    readPush(request).then(
      (push) => {
        received.push(push)
        const { status = 200, body } = reply(push)
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
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readPush(request: IncomingMessage): Promise<ReceivedPush> {
  return {
    method: request.method ?? '',
    query: new URL(request.url ?? '/', 'http://receiver').searchParams,
    contentType: request.headers['content-type'],
    body: await text(request),
  }
}
