import { TransportError } from '@kinpass/trpc-taro'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { hasMessageFor } from '../i18n/error-messages.ts'
import { isAuthRejected, NoLoginCodeError, NotLoggedInError, toAppError } from './app-error.ts'

/** An error response of the API. */
function apiError(data: unknown) {
  return TRPCClientError.from({ error: { code: -32600, message: 'refused', data } })
}

test('a transport error becomes a network error', () => {
  const error = TRPCClientError.from(new TransportError('timeout'))
  expect(toAppError(error, hasMessageFor)).toEqual({ source: 'network', reason: 'timeout' })
})

test('a failure of the API keeps its code and its retry advice', () => {
  const error = apiError({ failure: 'RATE_LIMITED', retry: { afterMs: 1_500 } })
  expect(toAppError(error, hasMessageFor)).toEqual({
    source: 'server',
    reason: 'RATE_LIMITED',
    retry: { afterMs: 1_500 },
  })
})

test('a failure code that this build does not know keeps its retry advice', () => {
  const error = apiError({ failure: 'CODE_FROM_THE_FUTURE', retry: 'same-request' })
  expect(toAppError(error, hasMessageFor)).toEqual({
    source: 'server',
    reason: 'UNKNOWN',
    retry: 'same-request',
  })
})

test('an error response without a failure code has no retry advice', () => {
  expect(toAppError(apiError({}), hasMessageFor)).toEqual({
    source: 'server',
    reason: 'UNKNOWN',
    retry: 'none',
  })
})

test('a missing login code becomes a WeChat error', () => {
  expect(toAppError(new NoLoginCodeError('none'), hasMessageFor)).toEqual({
    source: 'wechat',
    reason: 'no-login-code',
  })
})

test.each([[new Error('odd')], ['odd'], [undefined]])('%s becomes an unknown network error', (thrown) => {
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
])('the retry advice %j of a server is parsed as %j', (retry, parsed) => {
  expect(toAppError(apiError({ failure: 'INTERNAL', retry }), hasMessageFor)).toMatchObject({ retry: parsed })
})

test.each([[{ failure: 7 }], [{ failure: ['INTERNAL'] }], [{ failure: 'toString' }]])(
  'the error data %j has an unknown failure code',
  (data) => {
    expect(toAppError(apiError(data), hasMessageFor)).toMatchObject({ reason: 'UNKNOWN' })
  },
)

test('a guest’s call that needs a session becomes TOKEN_MISSING', () => {
  expect(toAppError(new NotLoggedInError(), hasMessageFor)).toMatchObject({
    source: 'server',
    reason: 'TOKEN_MISSING',
  })
})

test('a rejection is recognized by its status, and never in a gateway’s 401', () => {
  expect(isAuthRejected(apiError({ failure: 'CODE_FROM_THE_FUTURE', httpStatus: 401 }))).toBe(true)
  expect(isAuthRejected(apiError({ failure: 'MEMBER_BANNED', httpStatus: 403 }))).toBe(true)
  expect(isAuthRejected(apiError({ failure: 'RATE_LIMITED', httpStatus: 429 }))).toBe(false)
  expect(isAuthRejected(TRPCClientError.from(new TransportError('gateway', { status: 401 })))).toBe(false)
})
