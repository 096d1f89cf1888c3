import { createServer, type RequestListener } from 'node:http'

export interface TestServer extends AsyncDisposable {
  readonly url: string
  /** Requests that arrived. */
  readonly requests: number
}

/** A server on loopback that answers as it is told, well or badly. */
export async function startTestServer(answer: RequestListener): Promise<TestServer> {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    request.resume()
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get requests() {
      return requests
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
