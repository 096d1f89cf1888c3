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
import { toRequestContext } from '../request/request-context.ts'

const PREFIX = '/trpc'

/**
 * Serves tRPC over HTTP with tRPC's Fastify adapter, except for queries without input (`GET /trpc/me`).
 *
 * Those are the most frequent calls. A shorter handler avoids the adapter's Request, Response and streams, which take
 * half of the CPU time of a call. Tests compare the bytes of both.
 */
export function serveTrpc(server: FastifyInstance, router: AppRouter): void {
  const trpcOptions = {
    router,
    allowBatching: false,
    createContext: ({ req }) => toRequestContext(req),
    onError: ({ error, req }) => {
      req.trpcError = error
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions']
  server.register(fastifyTRPCPlugin, {
    prefix: PREFIX,
    trpcOptions,
  } satisfies FastifyTRPCPluginOptions<AppRouter>)

  for (const path of queryPaths(router)) {
    server.route({
      method: 'GET',
      url: `${PREFIX}/${path}`,
      exposeHeadRoute: false, // The adapter handles HEAD.
      handler: (request, reply) =>
        request.url.includes('?') || 'trpc-accept' in request.headers
          ? fastifyRequestHandler({ ...trpcOptions, req: request, res: reply, path })
          : handleQuery(path, request, reply),
    })
  }

  async function handleQuery(path: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const ctx = toRequestContext(request)
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
      reply.send(toJsonBytes({ result: { data } }))
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause)
      request.trpcError = error
      const config = router._def._config
      const shape = getTRPCErrorShape({ config, error, type: 'query', path, input: undefined, ctx })
      reply.code(getHTTPStatusCodeFromError(error)).send(toJsonBytes({ error: shape }))
    }
  }
}

function queryPaths(router: AppRouter): string[] {
  // tRPC types `procedures` as the nested router; at run time it is a flat record by path.
  const procedures = router._def.procedures as unknown as Record<string, AnyProcedure>
  return Object.keys(procedures).filter((path) => procedures[path]?._def.type === 'query')
}

/** Serializes to a Buffer. For a string, Fastify would add a charset to the content type. */
function toJsonBytes(body: object): Buffer {
  return Buffer.from(JSON.stringify(body))
}
