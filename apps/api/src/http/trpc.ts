import type { AppRouter } from '@kinpass/contracts'
import {
  type AnyProcedure,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
} from '@trpc/server'
import {
  type FastifyTRPCPluginOptions,
  fastifyRequestHandler,
  fastifyTRPCPlugin,
} from '@trpc/server/adapters/fastify'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestContext } from '../request/request-context.ts'

const prefix = '/trpc'

/**
 * tRPC over HTTP. The official adapter serves everything but the plainest call, a query without input (`GET /trpc/me`),
 * which is also the commonest: that one skips the adapter's Request, Response and streams, half of the CPU of a call.
 * A suite holds both to the same bytes.
 */
export function serveTrpc(server: FastifyInstance, router: AppRouter): void {
  const trpcOptions = {
    router,
    allowBatching: false,
    createContext: ({ req }) => requestContext(req),
    onError: ({ error, req }) => {
      req.trpcError = error
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions']
  server.register(fastifyTRPCPlugin, { prefix, trpcOptions } satisfies FastifyTRPCPluginOptions<AppRouter>)

  for (const path of queriesOf(router)) {
    server.route({
      method: 'GET',
      url: `${prefix}/${path}`,
      exposeHeadRoute: false, // HEAD is the adapter's, too.
      handler: (request, reply) =>
        request.url.includes('?') || 'trpc-accept' in request.headers
          ? fastifyRequestHandler({ ...trpcOptions, req: request, res: reply, path })
          : answerQuery(path, request, reply),
    })
  }

  async function answerQuery(path: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const ctx = requestContext(request)
    reply.header('content-type', 'application/json').header('vary', 'trpc-accept, accept')
    try {
      const data: unknown = await callTRPCProcedure({
        router,
        path,
        ctx,
        type: 'query',
        getRawInput: async () => undefined,
        signal: undefined,
        batchIndex: 0,
      })
      reply.send(bytes({ result: { data } }))
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause)
      request.trpcError = error
      const config = router._def._config
      const shape = getTRPCErrorShape({ config, error, type: 'query', path, input: undefined, ctx })
      reply.code(getHTTPStatusCodeFromError(error)).send(bytes({ error: shape }))
    }
  }
}

function queriesOf(router: AppRouter): string[] {
  // Typed as the tree it was built from; at run time a flat record by path.
  const procedures = router._def.procedures as unknown as Record<string, AnyProcedure>
  return Object.keys(procedures).filter((path) => procedures[path]?._def.type === 'query')
}

/** Fastify adds a charset to the content type of a text, and none to that of bytes. */
function bytes(answer: object): Buffer {
  return Buffer.from(JSON.stringify(answer))
}
