import { TransportError } from '@kinpass/trpc-taro'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { hasWordsFor } from '../i18n/error-messages.ts'
import { isRefusal, NobodyHere, readTrouble } from './app-error.ts'
import { NoLoginCode } from './login-code-error.ts'

function refused(data: unknown) {
  return TRPCClientError.from({ error: { code: -32600, message: 'refused', data } })
}

test('a call that brought no answer is a trouble of the network', () => {
  const error = TRPCClientError.from(new TransportError('timeout'))
  expect(readTrouble(error, hasWordsFor)).toEqual({ at: 'network', is: 'timeout' })
})

test('a failure of the API comes with its advice', () => {
  const error = refused({ failure: 'RATE_LIMITED', retry: { afterMs: 1_500 } })
  expect(readTrouble(error, hasWordsFor)).toEqual({
    at: 'server',
    is: 'RATE_LIMITED',
    retry: { afterMs: 1_500 },
  })
})

test('a failure that this build never heard of keeps the advice of the server', () => {
  const error = refused({ failure: 'MOON_IS_FULL', retry: 'same-request' })
  expect(readTrouble(error, hasWordsFor)).toEqual({ at: 'server', is: 'UNHEARD_OF', retry: 'same-request' })
})

test('an answer without a failure code has no advice', () => {
  expect(readTrouble(refused({}), hasWordsFor)).toEqual({ at: 'server', is: 'UNHEARD_OF', retry: 'none' })
})

test('WeChat without a login code is a trouble of its own', () => {
  expect(readTrouble(new NoLoginCode('none'), hasWordsFor)).toEqual({ at: 'wechat', is: 'no-login-code' })
})

test.each([[new Error('odd')], ['odd'], [undefined]])('%s is an unknown trouble of the network', (thrown) => {
  expect(readTrouble(thrown, hasWordsFor)).toEqual({ at: 'network', is: 'unknown' })
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
  expect(readTrouble(refused({ failure: 'INTERNAL', retry }), hasWordsFor)).toMatchObject({ retry: read })
})

test.each([[{ failure: 7 }], [{ failure: ['INTERNAL'] }], [{ failure: 'toString' }]])(
  '%j is a failure without a name',
  (data) => {
    expect(readTrouble(refused(data), hasWordsFor)).toMatchObject({ is: 'UNHEARD_OF' })
  },
)

test('a member’s call of a guest asks for a login', () => {
  expect(readTrouble(new NobodyHere(), hasWordsFor)).toMatchObject({ at: 'server', is: 'TOKEN_MISSING' })
})

test('a refusal is known by its status, whatever its name; a gateway refuses nobody', () => {
  expect(isRefusal(refused({ failure: 'MOON_IS_FULL', httpStatus: 401 }))).toBe(true)
  expect(isRefusal(refused({ failure: 'MEMBER_BANNED', httpStatus: 403 }))).toBe(true)
  expect(isRefusal(refused({ failure: 'RATE_LIMITED', httpStatus: 429 }))).toBe(false)
  expect(isRefusal(TRPCClientError.from(new TransportError('gateway', { status: 401 })))).toBe(false)
})
