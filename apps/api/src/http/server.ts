import { randomUUID } from 'node:crypto'
import type { AppRouter } from '@kinpass/contracts'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import { logRequests } from '../log/log-requests.ts'
import type { Logger } from '../log/logger.ts'
import { shapeHttpErrors } from './errors.ts'
import { serveTrpc } from './trpc.ts'

const bodyLimit = 16 * 1024 // The largest honest body, a login, has some 300 bytes.

/** The HTTP face: tRPC under `/trpc`, `/healthz` (the process lives), `/readyz` (it can serve), the public keys. */
export function createServer(parts: {
  router: AppRouter
  logger: Logger
  /** The public keys of the access tokens; none with HS256. */
  jwks: JSONWebKeySet
  trustProxy?: number
  /** Whether a balancer should send calls here. */
  isReady: () => Promise<boolean>
  /** Whether the process is on its way out: then every answer ends its connection. */
  isLeaving: () => boolean
}): FastifyInstance {
  const proxies = parts.trustProxy ?? 0
  const server = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: (_address, hop) => hop < proxies,
    bodyLimit,
    requestTimeout: 30_000,
    return503OnClosing: false, // The gate refuses calls by then, in the envelope of tRPC.
    routerOptions: { maxParamLength: 256 },
  }) as unknown as FastifyInstance // Fastify narrows its type by the logger's; routes do not care.

  logRequests(server)
  shapeHttpErrors(server, parts.router)
  server.addHook('onSend', async (_request, reply) => {
    if (parts.isLeaving()) reply.header('connection', 'close')
  })
  server.get('/.well-known/jwks.json', async () => parts.jwks)
  server.get('/healthz', async () => ({ alive: true }))
  server.get('/readyz', async (_request, reply) => {
    const ready = await parts.isReady()
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  serveTrpc(server, parts.router)
  return server
}
