import { toFailureCode } from '@kinpass/contracts'
import type { TRPCError } from '@trpc/server'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The error of the call, for the log line; undefined if it succeeded. */
    trpcError: TRPCError | undefined
  }
}

/**
 * Logs one line per request. The path has no query string, since a query may contain codes. Server errors, and failures
 * with a cause, are logged with the error.
 */
export function logRequests(server: FastifyInstance): void {
  server.decorateRequest('trpcError', undefined)
  server.addHook('onResponse', async (request, reply) => {
    const error = request.trpcError
    const failure = error && toFailureCode(error)
    const isServerError = reply.statusCode >= 500
    const line = {
      requestId: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(failure && { failure }),
      ...(error && (isServerError || error.cause) && { err: error.cause ?? error }),
    }
    if (isServerError) request.log.error(line, 'request failed')
    else request.log.info(line, 'request')
  })
}
