import type { Member } from '@kinpass/contracts'
import { expect, test } from 'vitest'
import type { Trouble } from '../api/trouble.ts'
import { createKeep } from '../keep.ts'
import { alice } from '../login/_login-world.ts'
import { createSession } from './session.ts'
import { createTokens } from './tokens.ts'

const expired: Trouble = { at: 'server', is: 'TOKEN_EXPIRED', retry: 'new-login-code' }
const offline: Trouble = { at: 'network', is: 'offline' }

function sessionOf(readMember: () => Promise<Member>, trouble: Trouble = offline) {
  const tokens = createTokens(createKeep({ read: () => 'a token of old', write: () => {}, remove: () => {} }))
  return { tokens, session: createSession({ tokens, readMember, troubleOf: () => trouble }) }
}

test('who has a token from an earlier day is known again', async () => {
  const { session } = sessionOf(async () => alice.member)
  expect(session.get()).toEqual({ is: 'returning' })
  await session.resume()
  expect(session.get()).toEqual({ is: 'member', member: alice.member })
})

test('a token that the API refuses is forgotten', async () => {
  const { session, tokens } = sessionOf(() => Promise.reject(new Error('401')), expired)
  await session.resume()
  expect(session.get()).toEqual({ is: 'guest' })
  expect(tokens.get()).toBeUndefined()
})

test('a bad network logs nobody out', async () => {
  const { session, tokens } = sessionOf(() => Promise.reject(new Error('offline')))
  await session.resume()
  expect(session.get()).toEqual({ is: 'unreached', trouble: offline })
  expect(tokens.get()).toBe('a token of old')
})

test('an answer that comes after logging out changes nothing', async () => {
  let answer = (_member: Member) => {}
  const { session, tokens } = sessionOf(
    () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  )
  const resumed = session.resume()
  session.leave()
  answer(alice.member)
  await resumed
  expect(session.get()).toEqual({ is: 'guest' })
  expect(tokens.get()).toBeUndefined()
})

test('a refusal of the old token does not touch the one of a fresh login', async () => {
  let refuse = (_error: Error) => {}
  const { session, tokens } = sessionOf(
    () =>
      new Promise((_resolve, reject) => {
        refuse = reject
      }),
    expired,
  )
  const resumed = session.resume()
  session.enter(alice.token, alice.member)
  refuse(new Error('401'))
  await resumed
  expect(session.get()).toEqual({ is: 'member', member: alice.member })
  expect(tokens.get()).toBe(alice.token)
})
