import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type AppRouter,
  createAppRouter,
  Failure,
  type FailureCode,
  failureCodes,
  failures,
  type Handlers,
  type LoginInput,
  type LoginOutput,
  type Member,
  type RequestContext,
} from '../src/index.ts'

const alice: Member = {
  id: '9007199254740993',
  nickName: '好柿开花8915',
  avatar: null,
  gender: null,
  maskedPhone: '138****8915',
  joinedAt: '2026-01-02T03:04:05.000Z',
}
const context: RequestContext = {
  requestId: 'r-1',
  authorization: undefined,
  installationId: '',
  deviceName: undefined,
  address: '127.0.0.1',
}

function callerOf(handlers: Partial<Handlers>) {
  const unset = () => Promise.reject(new Error('not part of this test'))
  const session = {
    prepare: unset,
    resume: unset,
    renew: unset,
    list: unset,
    revoke: unset,
    logout: unset,
    logoutEverywhere: unset,
  }
  return createAppRouter({ login: unset, me: unset, session, ...handlers }).createCaller(context)
}

describe('types', () => {
  test('the router carries the types of its schemas', () => {
    expectTypeOf<inferRouterInputs<AppRouter>['login']>().toEqualTypeOf<LoginInput>()
    expectTypeOf<inferRouterOutputs<AppRouter>['login']>().toEqualTypeOf<LoginOutput>()
    expectTypeOf<inferRouterOutputs<AppRouter>['me']>().toEqualTypeOf<Member>()
    expectTypeOf<LoginInput>().toEqualTypeOf<{
      code: string
      phoneCode: string
      nickName?: string | undefined
    }>()
  })

  test('a failure code is one of the table', () => {
    expectTypeOf<'TOKEN_EXPIRED'>().toExtend<FailureCode>()
    expectTypeOf<'NO_SUCH_CODE'>().not.toExtend<FailureCode>()
  })

  test('a handler cannot forget part of its answer', () => {
    expectTypeOf<(context: unknown) => Promise<{ id: string }>>().not.toExtend<Handlers['me']>()
  })
})

describe('outputs', () => {
  test('what a schema does not declare is stripped from the answer', async () => {
    const leaking = { ...alice, openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' }
    expect(await callerOf({ me: async () => leaking }).me()).toEqual(alice)
  })
})

describe('failures', () => {
  test.each(failureCodes)('%s has the HTTP status of its tRPC code', async (code) => {
    const refused = callerOf({ me: () => Promise.reject(new Failure(code)) }).me()
    const error = await refused.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TRPCError)
    expect(getHTTPStatusCodeFromError(error as TRPCError)).toBe(
      getHTTPStatusCodeFromError(new TRPCError({ code: failures[code].trpc })),
    )
  })

  test('a failure may carry its own waiting time', () => {
    expect(new Failure('RATE_LIMITED', { afterMs: 1_500 }).retry).toEqual({ afterMs: 1_500 })
  })
})
