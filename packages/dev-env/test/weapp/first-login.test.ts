import type { AppRouter } from '@kinpass/contracts'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { waitForPopupToClose } from './_weapp-driver.ts'

const test = testIn()

function me(apiUrl: string, token: string | undefined) {
  const headers = { authorization: token }
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${apiUrl}/trpc`, headers })] }).me.query()
}

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('a tap leads from the home page to a token, a name and a row', async ({ openApp, world }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)

    const { nickName } = await me(world.apiUrl, alice.storedToken())
    const [number] = alice.person.phones
    expect(nickName).toMatch(new RegExp(`\\D${number?.purePhoneNumber.slice(-4)}$`))
    await alice.sees(zh.login.welcome(nickName))

    // What the person was about to do is done once they are in.
    await waitForPopupToClose(alice)
    await alice.sees(nickName, zh.day.events.yourVisit.title)
  })

  test('who logs out is a guest here and at the next start', async ({ openApp, world }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const token = alice.storedToken()
    await alice.taps(nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.guest.title)
    expect(alice.storedToken()).toBeUndefined()
    await alice.host.waitFor(() => me(world.apiUrl, token).then(() => false, isSessionEnded))

    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await openPopup(later)
    await later.host.waitFor(() => later.proxy.count('session.prepare') > 0)
    expect(later.proxy.calls).not.toContain('session.resume')
    expect(later.shownNickName()).toBeUndefined()
  })
})

test('the first screen is there before anything is answered', async ({ openApp }) => {
  const { promise: opened, resolve: open } = createDeferred()
  const alice = await openApp({ beforeResponses: () => opened })
  await alice.sees(zh.day.title)
  expect(alice.host.text()).not.toContain(zh.login.title)
  await openPopup(alice)
  open()
})

function isSessionEnded(error: unknown): boolean {
  return error instanceof TRPCClientError && /^SESSION_/.test(error.data.failure)
}
