import { toFailureCode } from '@kinpass/contracts'
import type { TRPCError } from '@trpc/server'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the call failed with, if it did. */
    trpcError: TRPCError | undefined
  }
}

/** One line per request: the path without its query, which may carry codes; an unexpected error whole. */
export function logRequests(server: FastifyInstance): void {
  server.decorateRequest('trpcError', undefined)
  server.addHook('onResponse', async (request, reply) => {
    const error = request.trpcError
    const failure = error && toFailureCode(error)
    const isOurFault = reply.statusCode >= 500
    const line = {
      requestId: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(failure && { failure }),
      ...(error && (isOurFault || error.cause) && { err: error.cause ?? error }),
    }
    if (isOurFault) request.log.error(line, 'request failed')
    else request.log.info(line, 'request')
  })
}
