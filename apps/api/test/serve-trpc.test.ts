import { type AppRouter, createAppRouter, Failure, type Handlers } from '@kinpass/contracts'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveTrpc } from '../src/http/trpc.ts'
import { logRequests } from '../src/log/log-requests.ts'
import { toRequestContext } from '../src/request/request-context.ts'

const member = {
  id: '1',
  nickName: '好柿开花8915',
  avatar: null,
  gender: null,
  maskedPhone: '138****8915',
  joinedAt: '2026-05-04T08:00:00.000Z',
}

/** The `authorization` header selects the behaviour of `me`; `authenticate` returns it. */
const handlers = {
  me: async ({ ctx }: { ctx: { auth: string | undefined } }) => {
    if (ctx.auth === 'fails') throw new Failure('SESSION_ENDED')
    if (ctx.auth === 'is unavailable') throw new Failure('SERVICE_UNAVAILABLE', { afterMs: 7 })
    if (ctx.auth === 'throws') throw new TypeError('a secret of the implementation')
    if (ctx.auth === 'returns an invalid id') return { ...member, id: 'not a number' }
    return { ...member, isAdmin: true }
  },
  session: {
    list: async () => ({ sessions: [] }),
    logout: async () => ({}),
  },
} as unknown as Handlers<string | undefined> // The other procedures are not called in this test.

const router = createAppRouter({ handlers, authenticate: async ({ authorization }) => authorization })

async function serve(
  mount: (server: ReturnType<typeof Fastify>) => void,
): Promise<ReturnType<typeof Fastify>> {
  const server = Fastify({ genReqId: () => 'request', bodyLimit: 16_384 })
  logRequests(server)
  mount(server)
  await server.ready()
  return server
}

describe('the fast path for plain queries', () => {
  let fastPath: ReturnType<typeof Fastify>
  let official: ReturnType<typeof Fastify>
  beforeAll(async () => {
    fastPath = await serve((server) => serveTrpc(server, router))
    official = await serve((server) =>
      server.register(fastifyTRPCPlugin, {
        prefix: '/trpc',
        trpcOptions: { router, allowBatching: false, createContext: ({ req }) => toRequestContext(req) },
      } satisfies FastifyTRPCPluginOptions<AppRouter>),
    )
  })
  afterAll(() => Promise.all([fastPath.close(), official.close()]))

  const json = { 'content-type': 'application/json' }
  const calls = [
    ...['', 'fails', 'is unavailable', 'throws', 'returns an invalid id'].map((authorization) => ({
      url: '/trpc/me',
      headers: { authorization },
    })),
    { url: '/trpc/me?input=%7B%7D' },
    { url: '/trpc/me?input=%7B' },
    { url: '/trpc/me?' },
    { url: '/trpc/me?x=1' },
    { url: '/trpc/me?batch=1' },
    { url: '/trpc/me,me?batch=1' },
    { url: '/trpc/me/' },
    { url: '/trpc/ME' },
    { url: '/trpc/m%65' },
    { url: '/trpc/nothing' },
    { url: '/trpc/session.list' },
    { url: '/trpc/session.logout' },
    { url: '/trpc/me', headers: { accept: 'text/html', 'trpc-accept': 'application/jsonl' } },
    { url: '/trpc/me', headers: { 'content-type': 'text/plain' } },
    { url: '/trpc/me', method: 'HEAD' as const },
    { url: '/trpc/me', method: 'OPTIONS' as const },
    { url: '/trpc/me', method: 'POST' as const, headers: json, payload: '{}' },
    { url: '/trpc/me', method: 'PUT' as const, headers: json, payload: '{}' },
    { url: '/trpc/session.logout', method: 'POST' as const },
    { url: '/trpc/session.logout', method: 'POST' as const, headers: json, payload: '{' },
  ]

  test.each(calls)('$method $url $headers gets the response of the official adapter', async (call) => {
    const [ours, theirs] = await Promise.all(
      [fastPath, official].map(async (server) => {
        const { statusCode, body, headers } = await server.inject(call)
        // The fast path sends a length, the adapter sends chunks.
        const { date: _, 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = headers
        return { statusCode, body, headers: rest }
      }),
    )
    expect(ours).toEqual(theirs)
  })
})
