import Fastify, { type FastifyRequest } from 'fastify'
import type { HttpReply } from '../_fixtures.ts'

/** Handles one call instead of the API. `forward` sends it to the API; 'disconnect' closes the connection. */
export type Interceptor = (forward: () => Promise<HttpReply>) => Promise<HttpReply | 'disconnect'>

/** A proxy between the phone and the API. It forwards every call that no test intercepts. */
export interface InterceptingProxy extends AsyncDisposable {
  readonly url: string
  /** The procedures that were called, in order. */
  readonly calls: readonly string[]
  readonly count: (procedure: string) => number
  /** Intercepts one call of a procedure. Several interceptors of a procedure are used in order. */
  readonly interceptOnce: (procedure: string, interceptor: Interceptor) => void
}

/** @param beforeResponses delays the response of every call that no test intercepts */
export async function startInterceptingProxy(
  apiUrl: string,
  beforeResponses: () => Promise<void> = async () => {},
): Promise<InterceptingProxy> {
  const calls: string[] = []
  const interceptors = new Map<string, Interceptor[]>()

  const server = Fastify({ forceCloseConnections: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.all('/*', async (request, reply) => {
    const procedure = request.url.replace(/^\/trpc\/|\?.*$/g, '')
    calls.push(procedure)
    const intercept = interceptors.get(procedure)?.shift() ?? forwardLater
    const response = await intercept(() => forward(request, apiUrl))
    if (response !== 'disconnect') {
      return reply.code(response.status).header('content-type', response.contentType).send(response.body)
    }
    reply.hijack()
    reply.raw.destroy()
  })

  async function forwardLater(forwardNow: () => Promise<HttpReply>) {
    await beforeResponses()
    return await forwardNow()
  }

  return {
    url: await server.listen({ host: '127.0.0.1', port: 0 }),
    calls,
    count: (procedure) => calls.filter((call) => call === procedure).length,
    interceptOnce(procedure, interceptor) {
      interceptors.set(procedure, [...(interceptors.get(procedure) ?? []), interceptor])
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function forward({ url, method, headers, body }: FastifyRequest, apiUrl: string): Promise<HttpReply> {
  const { host: _host, connection: _connection, 'content-length': _length, ...forwarded } = headers
  const response = await fetch(`${apiUrl}${url}`, {
    method,
    headers: Object.entries(forwarded).map(([name, value]): [string, string] => [name, String(value)]),
    ...(typeof body === 'string' && { body }),
  })
  const contentType = response.headers.get('content-type') ?? 'text/plain'
  return { status: response.status, contentType, body: await response.text() }
}
