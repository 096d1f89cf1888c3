import type { AppRouter } from '@kinpass/contracts'
import { getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestContext } from '../request/request-context.ts'

const codeOfStatus: Partial<Record<number, TRPCError['code']>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  408: 'TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

/** Gives what Fastify refuses by itself (a body too large, a path nobody serves) the envelope of a tRPC error. */
export function shapeHttpErrors(server: FastifyInstance, router: AppRouter): void {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const code = codeOfStatus[error.statusCode ?? 500] ?? 'INTERNAL_SERVER_ERROR'
    // A body that Fastify could not read is not an input that broke a rule.
    const known = code === 'BAD_REQUEST' ? 'PARSE_ERROR' : code
    return answer(request, reply, new TRPCError({ code: known, cause: error }))
  })
  server.setNotFoundHandler((request, reply) => answer(request, reply, new TRPCError({ code: 'NOT_FOUND' })))

  function answer(request: FastifyRequest, reply: FastifyReply, error: TRPCError) {
    request.trpcError = error
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error,
      type: 'unknown',
      path: undefined,
      input: undefined,
      ctx: requestContext(request),
    })
    return reply.code(getHTTPStatusCodeFromError(error)).send({ error: shape })
  }
}
