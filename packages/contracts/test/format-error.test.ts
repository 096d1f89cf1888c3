import { callTRPCProcedure, TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { createAppRouter, Failure } from '../src/index.ts'
import { context, handlersWith } from './_handlers.ts'

const secret = 'the database password is hunter2'
const router = createAppRouter({
  handlers: handlersWith({
    login: () => Promise.reject(new Failure('LOGIN_CODE_SPENT', { cause: new Error(secret) })),
    me: () => Promise.reject(new Error(secret)),
  }),
  authenticate: async () => ({ memberId: '1' }),
})

async function errorShapeOf(path: 'login' | 'me' | 'nothing', input?: unknown) {
  const type = path === 'login' ? 'mutation' : 'query'
  const error = await callTRPCProcedure({
    router,
    path,
    ctx: context,
    getRawInput: async () => input,
    type,
    signal: undefined,
    batchIndex: 0,
  }).catch((thrown: unknown) => thrown)
  if (!(error instanceof TRPCError)) throw new Error('the call did not fail')
  const shape = router._def._config.errorFormatter({
    error,
    type,
    path,
    input,
    ctx: context,
    shape: { code: -32_603, message: error.message, data: { code: error.code, httpStatus: 500, path } },
  })
  return shape as typeof router._def._config.$types.errorShape // tRPC types this function loosely.
}

test('a failed call returns failure code, retry advice and request id', async () => {
  expect(await errorShapeOf('login', { code: 'a', phoneCode: 'b' })).toEqual({
    code: -32_603,
    message: 'LOGIN_CODE_SPENT',
    data: {
      code: 'BAD_REQUEST',
      httpStatus: 400,
      failure: 'LOGIN_CODE_SPENT',
      retry: 'new-login-code',
      requestId: 'r-7',
    },
  })
})

test('an unexpected error is INTERNAL and shows no message', async () => {
  const shape = await errorShapeOf('me')
  expect(shape.data.failure).toBe('INTERNAL')
  expect(JSON.stringify(shape)).not.toContain(secret)
})

test('input issues name path and rule, never the value', async () => {
  const shape = await errorShapeOf('login', { code: '', phoneCode: 7, color: 'persimmon' })
  expect(shape.data.issues).toEqual([
    { at: 'code', code: 'too_small' },
    { at: 'phoneCode', code: 'invalid_type' },
    { at: '', code: 'unrecognized_keys' },
  ])
  expect(JSON.stringify(shape)).not.toContain('persimmon')
})

test('an unknown procedure is PROCEDURE_UNKNOWN', async () => {
  expect((await errorShapeOf('nothing')).data.failure).toBe('PROCEDURE_UNKNOWN')
})
