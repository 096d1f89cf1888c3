import { TransportError } from '@kinpass/trpc-taro'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { hasMessageFor } from '../i18n/error-messages.ts'
import { isAuthRejected, NotLoggedInError, toAppError } from './app-error.ts'
import { NoLoginCodeError } from './login-code-error.ts'

function refused(data: unknown) {
  return TRPCClientError.from({ error: { code: -32600, message: 'refused', data } })
}

test('a call that brought no answer is a trouble of the network', () => {
  const error = TRPCClientError.from(new TransportError('timeout'))
  expect(toAppError(error, hasMessageFor)).toEqual({ source: 'network', reason: 'timeout' })
})

test('a failure of the API comes with its advice', () => {
  const error = refused({ failure: 'RATE_LIMITED', retry: { afterMs: 1_500 } })
  expect(toAppError(error, hasMessageFor)).toEqual({
    source: 'server',
    reason: 'RATE_LIMITED',
    retry: { afterMs: 1_500 },
  })
})

test('a failure that this build never heard of keeps the advice of the server', () => {
  const error = refused({ failure: 'CODE_FROM_THE_FUTURE', retry: 'same-request' })
  expect(toAppError(error, hasMessageFor)).toEqual({
    source: 'server',
    reason: 'UNKNOWN',
    retry: 'same-request',
  })
})

test('an answer without a failure code has no advice', () => {
  expect(toAppError(refused({}), hasMessageFor)).toEqual({
    source: 'server',
    reason: 'UNKNOWN',
    retry: 'none',
  })
})

test('WeChat without a login code is a trouble of its own', () => {
  expect(toAppError(new NoLoginCodeError('none'), hasMessageFor)).toEqual({
    source: 'wechat',
    reason: 'no-login-code',
  })
})

test.each([[new Error('odd')], ['odd'], [undefined]])('%s is an unknown trouble of the network', (thrown) => {
  expect(toAppError(thrown, hasMessageFor)).toEqual({ source: 'network', reason: 'unknown' })
})

test.each([
  ['same-request', 'same-request'],
  ['dance', 'none'],
  [null, 'none'],
  [undefined, 'none'],
  [7, 'none'],
  [{ afterMs: 'soon' }, 'none'],
  [{ afterMs: -1 }, 'none'],
  [{ afterMs: 86_400_000 }, { afterMs: 120_000 }],
])('advice %j of a server is read as %j', (retry, read) => {
  expect(toAppError(refused({ failure: 'INTERNAL', retry }), hasMessageFor)).toMatchObject({ retry: read })
})

test.each([[{ failure: 7 }], [{ failure: ['INTERNAL'] }], [{ failure: 'toString' }]])(
  '%j is a failure without a name',
  (data) => {
    expect(toAppError(refused(data), hasMessageFor)).toMatchObject({ is: 'UNKNOWN' })
  },
)

test('a member’s call of a guest asks for a login', () => {
  expect(toAppError(new NotLoggedInError(), hasMessageFor)).toMatchObject({
    source: 'server',
    reason: 'TOKEN_MISSING',
  })
})

test('a refusal is known by its status, whatever its name; a gateway refuses nobody', () => {
  expect(isAuthRejected(refused({ failure: 'CODE_FROM_THE_FUTURE', httpStatus: 401 }))).toBe(true)
  expect(isAuthRejected(refused({ failure: 'MEMBER_BANNED', httpStatus: 403 }))).toBe(true)
  expect(isAuthRejected(refused({ failure: 'RATE_LIMITED', httpStatus: 429 }))).toBe(false)
  expect(isAuthRejected(TRPCClientError.from(new TransportError('gateway', { status: 401 })))).toBe(false)
})
