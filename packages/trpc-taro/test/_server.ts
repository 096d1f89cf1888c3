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

function createRouter(onNeverRespondsCalled: () => void) {
  return t.router({
    greet: t.procedure.input(z.object({ name: z.string() })).query(({ input }) => `你好, ${input.name}`),
    rename: t.procedure
      .input(z.object({ name: z.string().max(8) }))
      .mutation(({ input, ctx }) => ({ name: input.name, sentBy: ctx.method })),
    ping: t.procedure.query(() => 'pong'),
    noOutput: t.procedure.mutation(() => {}),
    headersOfQuery: t.procedure.query(({ ctx }) => ctx.headers),
    headersOfMutation: t.procedure.mutation(({ ctx }) => ctx.headers),
    fail: t.procedure.input(z.string()).mutation(({ input }) => {
      // The tests send only codes of tRPC.
      throw new TRPCError({ code: input as TRPC_ERROR_CODE_KEY, message: `failed: ${input}` })
    }),
    neverResponds: t.procedure.query(() => {
      onNeverRespondsCalled()
      return new Promise<string>(() => {})
    }),
    ticks: t.procedure.subscription(async function* () {
      yield 1
    }),
    members: t.router({ me: t.procedure.query(() => ({ name: 'alice' })) }),
  })
}

export type TestRouter = ReturnType<typeof createRouter>

/** Starts tRPC's standalone adapter on a free loopback port. */
export async function startTrpcServer(onNeverRespondsCalled = () => {}) {
  const router = createRouter(onNeverRespondsCalled)
  const handler = createHTTPHandler({
    router,
    basePath: '/trpc/',
    createContext: ({ req }): Context => ({ method: req.method, headers: req.headers }),
  })
  return startHttpServer(handler)
}

/** Starts an HTTP server on a free loopback port. */
export async function startHttpServer(handler: http.RequestListener) {
  const server = http.createServer(handler)
  const closed: Promise<unknown>[] = []
  server.on('request', (request) => closed.push(new Promise((resolve) => request.on('close', resolve))))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The address of a TCP server is an object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/trpc`,
    /** Settles when every request so far has ended or was aborted. */
    allRequestsClosed: () => Promise.all(closed),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
