import type { AppRouter } from '@kinpass/contracts'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { describe, expect } from 'vitest'
import { door } from './_door.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { logIn, openPopup, untilPopupIsGone } from './_visit.ts'
import { words } from './_words.ts'

const test = testIn()

function me(apiUrl: string, token: string | undefined) {
  const headers = { authorization: token }
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${apiUrl}/trpc`, headers })] }).me.query()
}

describe.each(phones)('$platform, promises as $promises', (phone) => {
  test('a tap leads from the home page to a token, a name and a row', async ({ visit, world }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(words.login.welcomeNew)

    const { nickName } = await me(world.apiUrl, alice.keptToken())
    const [number] = alice.person.phones
    expect(nickName).toMatch(new RegExp(`\\D${number?.purePhoneNumber.slice(-4)}$`))
    await alice.sees(words.login.welcome(nickName))

    // What the person was about to do is done once they are in.
    await untilPopupIsGone(alice)
    await alice.sees(nickName, words.day.events.yourVisit.title)
  })

  test('who logs out is a guest here and at the next start', async ({ visit, world }) => {
    const alice = await visit(phone)
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    const token = alice.keptToken()
    await alice.taps(nickName)
    await alice.taps(words.me.logout)
    await alice.sees(words.me.guest.title)
    expect(alice.keptToken()).toBeUndefined()
    await alice.host.waitFor(() => me(world.apiUrl, token).then(() => false, isSessionEnded))

    const later = await visit({ ...phone, person: alice.person, stored: alice.storage() })
    await openPopup(later)
    await later.host.waitFor(() => later.gateway.count('session.prepare') > 0)
    expect(later.gateway.calls).not.toContain('session.resume')
    expect(later.nameShown()).toBeUndefined()
  })
})

test('the first screen is there before anything is answered', async ({ visit }) => {
  const { opened, open } = door()
  const alice = await visit({ beforeAnswers: () => opened })
  await alice.sees(words.day.title)
  expect(alice.host.text()).not.toContain(words.login.title)
  await openPopup(alice)
  open()
})

function isSessionEnded(error: unknown): boolean {
  return error instanceof TRPCClientError && /^SESSION_/.test(error.data.failure)
}
