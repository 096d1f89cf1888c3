import type { AppRouter } from '@kinpass/contracts'
import { getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toRequestContext } from '../request/request-context.ts'

const TRPC_CODE_BY_STATUS: Partial<Record<number, TRPCError['code']>> = {
  400: 'PARSE_ERROR', // Fastify's 400 is an unreadable body. BAD_REQUEST would mean that the input is invalid.
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  408: 'TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

/** Formats the errors of Fastify itself (body too large, unknown path) as tRPC error responses. */
export function setErrorHandlers(server: FastifyInstance, router: AppRouter): void {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const code = TRPC_CODE_BY_STATUS[error.statusCode ?? 500] ?? 'INTERNAL_SERVER_ERROR'
    return sendError(request, reply, new TRPCError({ code, cause: error }))
  })
  server.setNotFoundHandler((request, reply) =>
    sendError(request, reply, new TRPCError({ code: 'NOT_FOUND' })),
  )

  function sendError(request: FastifyRequest, reply: FastifyReply, error: TRPCError) {
    request.trpcError = error
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error,
      type: 'unknown',
      path: undefined,
      input: undefined,
      ctx: toRequestContext(request),
    })
    return reply.code(getHTTPStatusCodeFromError(error)).send({ error: shape })
  }
}
