import type { AppRouter } from '@kinpass/contracts'
import { createTRPCClient, httpLink } from '@trpc/client'
import { describe, expect } from 'vitest'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { logIn, openPopup } from './_visit.ts'
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
  })

  test('what the person was about to do is done once they are in', async ({ visit }) => {
    const alice = await visit(phone)
    expect(alice.host.text()).not.toContain(words.day.events.yourVisit.title)
    await logIn(alice)
    await alice.sees(words.day.events.yourVisit.title)
    expect(alice.host.text()).not.toContain(words.login.notNow)
  })

  test('who logs out is a guest here and at the next start', async ({ visit, world }) => {
    const alice = await visit(phone)
    await logIn(alice)
    const { nickName } = await me(world.apiUrl, alice.keptToken())
    await alice.taps(nickName)
    await alice.taps(words.me.logout)
    await alice.sees(words.me.guest.title)
    expect(alice.keptToken()).toBeUndefined()

    const later = await visit({ ...phone, person: alice.person, stored: alice.storage() })
    await later.sees(words.me.entrance)
    expect(later.host.text()).not.toContain(nickName)
  })
})

test('who comes back is known without a popup', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const nickName = await alice.host.waitFor(alice.nameShown)
  const later = await visit({ person: alice.person, stored: alice.storage() })
  await later.sees(nickName)
  expect(later.host.text()).not.toContain(words.login.notNow)
})

test('who comes back on another phone keeps the name', async ({ visit }) => {
  const alice = await visit({ platform: 'ios' })
  await logIn(alice)
  const nickName = await alice.host.waitFor(alice.nameShown)
  const later = await visit({ platform: 'android', person: alice.person })
  await openPopup(later)
  await later.tapsPhoneButton()
  await later.sees(words.login.welcome(nickName), words.login.welcomeBack)
})
