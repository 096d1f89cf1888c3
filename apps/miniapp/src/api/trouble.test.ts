import { TransportError } from '@kinpass/trpc-taro'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { NoLoginCode } from '../login/no-login-code.ts'
import { hasWordsFor } from '../words/trouble-copy.ts'
import { readTrouble } from './trouble.ts'

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
