import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { z } from 'zod'

interface Context {
  readonly method: string | undefined
  readonly headers: http.IncomingHttpHeaders
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      ...shape.data,
      advice: error.code === 'TOO_MANY_REQUESTS' ? ('wait' as const) : ('stop' as const),
    },
  }),
})

/** What the tests decide while a call is on its way. */
export interface ServerHooks {
  /** Settles when the procedure `slow` may answer. */
  readonly slowMayRespond: Promise<void>
  readonly onSlowCalled: () => void
}

function createRouter({ slowMayRespond, onSlowCalled }: ServerHooks) {
  return t.router({
    greet: t.procedure.input(z.object({ name: z.string() })).query(({ input }) => `你好, ${input.name}`),
    rename: t.procedure
      .input(z.object({ name: z.string().max(8) }))
      .mutation(({ input, ctx }) => ({ name: input.name, sentBy: ctx.method })),
    ping: t.procedure.query(() => 'pong'),
    forget: t.procedure.mutation(() => {}),
    heard: t.procedure.query(({ ctx }) => ctx.headers),
    heardByMutation: t.procedure.mutation(({ ctx }) => ctx.headers),
    refuse: t.procedure.input(z.string()).mutation(({ input }) => {
      // The test sends tRPC's own codes only.
      throw new TRPCError({ code: input as TRPC_ERROR_CODE_KEY, message: `refused: ${input}` })
    }),
    slow: t.procedure.query(async () => {
      onSlowCalled()
      await slowMayRespond
      return 'late'
    }),
    ticks: t.procedure.subscription(async function* () {
      yield 1
    }),
    members: t.router({ me: t.procedure.query(() => ({ name: 'alice' })) }),
  })
}

export type TestRouter = ReturnType<typeof createRouter>

/** tRPC's standalone adapter on a free loopback port. */
export async function startTrpcServer(hooks: Partial<ServerHooks> = {}) {
  const router = createRouter({ slowMayRespond: Promise.resolve(), onSlowCalled() {}, ...hooks })
  const handler = createHTTPHandler({
    router,
    basePath: '/trpc/',
    createContext: ({ req }): Context => ({ method: req.method, headers: req.headers }),
  })
  return startHttpServer(handler)
}

/** A gateway's, or any other server's, way to answer. */
export async function startHttpServer(handler: http.RequestListener) {
  const server = http.createServer(handler)
  const closings: Promise<unknown>[] = []
  server.on('request', (request) => closings.push(new Promise((resolve) => request.on('close', resolve))))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/trpc`,
    /** Settles when every request so far has ended or was cut. */
    allRequestsClosed: () => Promise.all(closings),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
