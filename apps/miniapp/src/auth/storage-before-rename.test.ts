import { expect, test } from 'vitest'
import { createLanguageChoice } from '../i18n/language.ts'
import { flushPromises } from '../lib/_fake-timers.ts'
import { createPersistentMap } from '../lib/persistent-map.ts'
import { alice, createAuthHarness } from './_auth-harness.ts'
import phones from './fixtures/storage-before-rename.json' with { type: 'json' }
import { getOrCreateInstallationId } from './installation-id.ts'

// The fixture was written by the build of commit dff96f4: keys and values in phones' storage are never renamed.

const everyPhone: [string, Readonly<Record<string, string>>][] = [
  ['signed-in', phones.signedIn],
  ['signed-out', phones.signedOut],
]

function createHarnessWith(entries: Readonly<Record<string, string>>) {
  const harness = createAuthHarness()
  for (const [key, value] of Object.entries(entries)) harness.stored.set(key, value)
  return harness
}

test('a phone that an earlier build signed in is restored', async () => {
  const { auth, call, names } = createHarnessWith(phones.signedIn).open()
  expect(auth.get()).toEqual({ status: 'restoring' })
  void auth.restore()
  await flushPromises()
  expect(call('me').input).toBe('access token of alice')
  await call('me').respond(alice.member)
  expect(auth.get()).toEqual({ status: 'signedIn', member: alice.member })
  expect(names()).toEqual(['me'])
})

test('an access token that an earlier build stored is renewed when it is due', async () => {
  const { advance, ...harness } = createHarnessWith(phones.signedIn)
  const { auth, call } = harness.open()
  advance(Date.UTC(2026, 10, 20, 0, 14))
  void auth.restore()
  await flushPromises()
  expect(call('renew').input).toEqual({ refreshToken: 'refresh token of alice' })
})

test('a phone that an earlier build signed out stays signed out', async () => {
  const { auth, calls, tokens } = createHarnessWith(phones.signedOut).open()
  await auth.restore()
  expect(tokens.isSignedOut()).toBe(true)
  expect(auth.get()).toEqual({ status: 'guest' })
  expect(calls).toEqual([])
})

test.each(everyPhone)(
  'a %s phone keeps the language that was chosen in an earlier build',
  (_status, entries) => {
    const storage = createPersistentMap(createHarnessWith(entries).storage)
    expect(createLanguageChoice(storage, 'zh_CN').get()).toBe('en')
  },
)

test.each(everyPhone)('a %s phone keeps the installation id of an earlier build', (_status, entries) => {
  const storage = createPersistentMap(createHarnessWith(entries).storage)
  expect(getOrCreateInstallationId(storage, () => 0)).toBe('3lllllasssssi00000p77777')
})
