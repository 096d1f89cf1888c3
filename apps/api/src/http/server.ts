import { randomUUID } from 'node:crypto'
import type { AppRouter } from '@kinpass/contracts'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import { logRequests } from '../log/log-requests.ts'
import type { Logger } from '../log/logger.ts'
import { setErrorHandlers } from './errors.ts'
import { serveTrpc } from './trpc.ts'

/** The largest request body of the mini-program, a login, has about 300 bytes. */
const BODY_LIMIT_BYTES = 16 * 1024
const REQUEST_TIMEOUT_MS = 30_000

export interface ServerDeps {
  router: AppRouter
  logger: Logger
  /** Public keys of the access tokens. Empty with HS256. */
  jwks: JSONWebKeySet
  /** Number of trusted proxies in front of the API. */
  trustProxy?: number
  /** Whether a load balancer should send calls to this instance. */
  isReady: () => Promise<boolean>
  /** During shutdown every response closes its connection. */
  isShuttingDown: () => boolean
}

/** Creates the HTTP server: tRPC under `/trpc`, `/healthz` (alive), `/readyz` (accepts calls), and the JWKS. */
export function createServer(deps: ServerDeps): FastifyInstance {
  const { router, logger, jwks, trustProxy = 0, isReady, isShuttingDown } = deps
  const server = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: (_address, hop) => hop < trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: false, // The concurrency limiter already refuses calls, with a tRPC error response.
    routerOptions: { maxParamLength: 256 },
  }) as unknown as FastifyInstance // Fastify's type includes the logger's type, which no route uses.

  logRequests(server)
  setErrorHandlers(server, router)
  server.addHook('onSend', async (_request, reply) => {
    if (isShuttingDown()) reply.header('connection', 'close')
  })
  server.get('/.well-known/jwks.json', async () => jwks)
  server.get('/healthz', async () => ({ alive: true }))
  server.get('/readyz', async (_request, reply) => {
    const ready = await isReady()
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  serveTrpc(server, router)
  return server
}
