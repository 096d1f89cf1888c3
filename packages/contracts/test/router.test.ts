import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type AppRouter,
  type CallMiddleware,
  createAppRouter,
  Failure,
  type FailureCode,
  failureCodes,
  failures,
  type Handlers,
  type LoginInput,
  type LoginOutput,
  type Member,
  type SessionListOutput,
} from '../src/index.ts'
import { context, handlersWith, type TestAuth } from './_handlers.ts'

const alice: Member = {
  id: '9007199254740993',
  nickName: '好柿开花8915',
  avatar: null,
  gender: null,
  maskedPhone: '138****8915',
  joinedAt: '2026-01-02T03:04:05.000Z',
}
const login = { code: 'a', phoneCode: 'b' }

function callerWith(
  handlers: Partial<Handlers<TestAuth>>,
  options: { authenticate?: () => Promise<TestAuth>; middleware?: CallMiddleware } = {},
) {
  const { authenticate = async () => ({ memberId: '1' }), middleware } = options
  const router = createAppRouter({
    handlers: handlersWith(handlers),
    authenticate,
    ...(middleware && { middleware }),
  })
  return router.createCaller(context)
}

describe('types', () => {
  test('the router has the types of the declared schemas', () => {
    expectTypeOf<inferRouterInputs<AppRouter>['login']>().toEqualTypeOf<LoginInput>()
    expectTypeOf<inferRouterInputs<AppRouter>['me']>().toEqualTypeOf<void>()
    expectTypeOf<inferRouterOutputs<AppRouter>['login']>().toEqualTypeOf<LoginOutput>()
    expectTypeOf<inferRouterOutputs<AppRouter>['me']>().toEqualTypeOf<Member>()
    expectTypeOf<inferRouterOutputs<AppRouter>['session']['list']>().toEqualTypeOf<SessionListOutput>()
    expectTypeOf<LoginInput>().toEqualTypeOf<{
      code: string
      phoneCode: string
      nickName?: string | undefined
    }>()
  })

  test('a failure code is a key of the failure table', () => {
    expectTypeOf<'TOKEN_EXPIRED'>().toExtend<FailureCode>()
    expectTypeOf<'NO_SUCH_CODE'>().not.toExtend<FailureCode>()
  })

  test('a handler must return every field of its output', () => {
    expectTypeOf<(call: unknown) => Promise<{ id: string }>>().not.toExtend<Handlers<TestAuth>['me']>()
  })

  test('a handler receives a session only where the declaration needs one', () => {
    type MeContext = Parameters<Handlers<TestAuth>['me']>[0]['ctx']
    type LoginContext = Parameters<Handlers<TestAuth>['login']>[0]['ctx']
    expectTypeOf<MeContext>().toExtend<{ auth: TestAuth }>()
    expectTypeOf<LoginContext>().not.toExtend<{ auth: TestAuth }>()
    expectTypeOf<MeContext>().not.toExtend<{ authorization: unknown }>()
  })
})

describe('order of a call', () => {
  function recording(authenticate: (calls: string[]) => Promise<TestAuth>) {
    const calls: string[] = []
    const caller = callerWith(
      {
        me: async ({ ctx }) => {
          calls.push(`handler of ${ctx.auth.memberId}`)
          return alice
        },
        login: () => Promise.reject(new Failure('LOGIN_CODE_SPENT')),
      },
      {
        authenticate: () => authenticate(calls),
        middleware: async ({ path, declaration }, next) => {
          calls.push(`${path} needs a session: ${declaration.needsSession}`)
          return await next().catch((error: unknown) => {
            calls.push(error instanceof Failure ? error.code : String((error as TRPCError).code))
            throw error
          })
        },
      },
    )
    return { calls, caller }
  }
  const asMember1 = async (calls: string[]) => {
    calls.push('authenticate')
    return { memberId: '1' }
  }

  test('middleware runs before authenticate, and authenticate before the handler', async () => {
    const { calls, caller } = recording(asMember1)
    await caller.me()
    expect(calls).toEqual(['me needs a session: true', 'authenticate', 'handler of 1'])
  })

  test('a procedure without a session is not authenticated, and the middleware sees its failure', async () => {
    const { calls, caller } = recording(asMember1)
    await expect(caller.login(login)).rejects.toThrow('LOGIN_CODE_SPENT')
    expect(calls).toEqual(['login needs a session: false', 'LOGIN_CODE_SPENT'])
  })

  test('a failed authentication never reaches the handler', async () => {
    const { calls, caller } = recording(() => Promise.reject(new Failure('TOKEN_EXPIRED')))
    await expect(caller.me()).rejects.toThrow('TOKEN_EXPIRED')
    expect(calls).toEqual(['me needs a session: true', 'TOKEN_EXPIRED'])
  })

  test('invalid input never reaches the handler, and the middleware sees a tRPC error', async () => {
    const { calls, caller } = recording(asMember1)
    await expect(caller.login({ ...login, code: '' })).rejects.toThrow(TRPCError)
    expect(calls).toEqual(['login needs a session: false', 'BAD_REQUEST'])
  })

  test('invalid input is refused before authenticate runs', async () => {
    const { calls, caller } = recording(asMember1)
    await expect(caller.session.revoke({ id: 'not a uuid' })).rejects.toThrow(TRPCError)
    expect(calls).toEqual(['session.revoke needs a session: true', 'BAD_REQUEST'])
  })

  test('a failure of the middleware has the HTTP status of its tRPC code, and no handler runs', async () => {
    const middleware: CallMiddleware = () => Promise.reject(new Failure('SERVICE_UNAVAILABLE'))
    const call = callerWith({ me: () => expect.fail('the handler ran') }, { middleware }).me()
    await expect(call).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'SERVICE_UNAVAILABLE' })
  })
})

describe('errors that are no failures', () => {
  /** The error that the middleware sees, and the error that the call ends with. */
  async function errorsOf(me: Handlers<TestAuth>['me']) {
    let seen: unknown
    const middleware: CallMiddleware = (_call, next) =>
      next().catch((error: unknown) => {
        seen = error
        throw error
      })
    const thrown = await callerWith({ me }, { middleware })
      .me()
      .catch((error: unknown) => error)
    return { seen, thrown }
  }

  test('the middleware sees the error that the handler threw, and the call ends with INTERNAL_SERVER_ERROR', async () => {
    const cause = new TypeError('a bug')
    const { seen, thrown } = await errorsOf(() => Promise.reject(cause))
    expect(seen).toBe(cause)
    expect(thrown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', cause })
  })

  test.each(['a text', 7, null, undefined, { reason: 'an object' }])(
    'a handler that throws %j ends the call with INTERNAL_SERVER_ERROR',
    async (value) => {
      const { thrown } = await errorsOf(() => Promise.reject(value))
      expect(thrown).toBeInstanceOf(TRPCError)
      expect(thrown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    },
  )

  test.each(['INTERNAL_SERVER_ERROR', 'CONFLICT'] as const)(
    'a tRPC error %s of a handler ends the call unchanged',
    async (code) => {
      const error = new TRPCError({ code, message: 'thrown by a handler' })
      expect(await errorsOf(() => Promise.reject(error))).toEqual({ seen: error, thrown: error })
    },
  )

  test('an invalid output ends the call with INTERNAL_SERVER_ERROR', async () => {
    const { seen, thrown } = await errorsOf(async () => ({ ...alice, id: 'not a number' }))
    expect(seen).toMatchObject({ issues: [{ path: ['id'] }] })
    expect(thrown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', cause: seen })
  })
})

test('a handler receives the context without the authorization header', async () => {
  let received: object = {}
  const caller = callerWith({
    me: async ({ ctx }) => {
      received = ctx
      return alice
    },
  })
  await caller.me()
  expect(received).toEqual({
    requestId: 'r-7',
    installationId: '',
    deviceName: undefined,
    address: '127.0.0.1',
    auth: { memberId: '1' },
  })
})

describe('outputs', () => {
  test('a field that the output schema does not declare is stripped', async () => {
    const leaking = { ...alice, openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' }
    expect(await callerWith({ me: async () => leaking }).me()).toEqual(alice)
  })
})

describe('failures', () => {
  test.each(failureCodes)('%s has the HTTP status of its tRPC code', async (code) => {
    const call = callerWith({ me: () => Promise.reject(new Failure(code)) }).me()
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TRPCError)
    expect(getHTTPStatusCodeFromError(error as TRPCError)).toBe(
      getHTTPStatusCodeFromError(new TRPCError({ code: failures[code].trpc })),
    )
  })

  test('a failure may override the waiting time of the table', () => {
    expect(new Failure('RATE_LIMITED', { afterMs: 1_500 }).retry).toEqual({ afterMs: 1_500 })
  })
})
