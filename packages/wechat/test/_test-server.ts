import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect } from 'node:net'

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Number of requests received. */
  readonly requests: number
  /** Resolves when the first request is received. */
  readonly firstRequest: Promise<void>
}

/** Starts an HTTP server on a free port of the loopback interface. */
export async function startTestServer(respond: RequestListener): Promise<TestServer> {
  let requests = 0
  let onFirstRequest = () => {}
  const firstRequest = new Promise<void>((resolve) => {
    onFirstRequest = resolve
  })
  const server = createServer((request, response) => {
    requests += 1
    onFirstRequest()
    request.resume()
    respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    get requests() {
      return requests
    },
    firstRequest,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * Reserves a port that refuses connections until it is disposed of.
 *
 * The port belongs to the client end of an open connection, so no other process can listen on it meanwhile.
 */
export async function reserveRefusingPort(): Promise<{ url: string } & AsyncDisposable> {
  const server = await startTestServer(() => {})
  const client = connect(server.port, '127.0.0.1')
  await once(client, 'connect')
  return {
    url: `http://127.0.0.1:${client.localPort}`,
    async [Symbol.asyncDispose]() {
      client.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
