import { callTRPCProcedure, TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { createAppRouter, Failure } from '../src/index.ts'

const secret = 'the database password is hunter2'
const unset = () => Promise.reject(new Error('not part of this test'))
const router = createAppRouter({
  session: {
    prepare: unset,
    resume: unset,
    renew: unset,
    list: unset,
    revoke: unset,
    logout: unset,
    logoutEverywhere: unset,
  },
  login: () => Promise.reject(new Failure('LOGIN_CODE_SPENT', { cause: new Error(secret) })),
  me: () => Promise.reject(new Error(secret)),
})
const ctx = {
  requestId: 'r-7',
  authorization: undefined,
  installationId: '',
  deviceName: undefined,
  address: '127.0.0.1',
}

async function shapeOf(path: 'login' | 'me' | 'nothing', input?: unknown) {
  const error = await callTRPCProcedure({
    router,
    path,
    ctx,
    getRawInput: async () => input,
    type: path === 'login' ? 'mutation' : 'query',
    signal: undefined,
    batchIndex: 0,
  }).catch((thrown: unknown) => thrown)
  if (!(error instanceof TRPCError)) throw new Error('the call was to fail')
  const type = path === 'login' ? 'mutation' : 'query'
  const shape = router._def._config.errorFormatter({
    error,
    type,
    path,
    input,
    ctx,
    shape: { code: -32_603, message: error.message, data: { code: error.code, httpStatus: 500, path } },
  })
  return shape as typeof router._def._config.$types.errorShape // tRPC types this function loosely
}

test('a failure shows its code, its advice and the request id', async () => {
  const shape = await shapeOf('login', { code: 'a', phoneCode: 'b' })
  expect(shape).toEqual({
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

test('what nobody expected shows nothing of itself', async () => {
  const shape = await shapeOf('me')
  expect(shape.data.failure).toBe('INTERNAL')
  expect(JSON.stringify(shape)).not.toContain(secret)
})

test('faults of the input are told as places and rules, never as values', async () => {
  const shape = await shapeOf('login', { code: '', phoneCode: 7, color: 'persimmon' })
  expect(shape.data.issues).toEqual([
    { at: 'code', code: 'too_small' },
    { at: 'phoneCode', code: 'invalid_type' },
    { at: '', code: 'unrecognized_keys' },
  ])
  expect(JSON.stringify(shape)).not.toContain('persimmon')
})

test('an unknown procedure is told as such', async () => {
  expect((await shapeOf('nothing')).data.failure).toBe('PROCEDURE_UNKNOWN')
})
