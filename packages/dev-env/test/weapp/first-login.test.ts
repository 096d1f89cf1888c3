import { TRPCClientError } from '@trpc/client'
import { describe, expect } from 'vitest'
import { readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { waitForPopupToClose } from './_weapp-driver.ts'

const test = testIn()

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('a login creates a member and a token, and runs the action that required it', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
    const welcome = alice.host.text()

    const { nickName } = await readMember(world, alice.storedToken())
    const [number] = alice.person.phones
    expect(nickName).toMatch(new RegExp(`\\D${number?.purePhoneNumber.slice(-4)}$`))
    expect(welcome).toContain(zh.login.welcome(nickName))

    await waitForPopupToClose(alice)
    await alice.sees(nickName, zh.day.events.yourVisit.title)
  })

  test('a member who logs out is a guest, also after the next launch', async ({ openApp, world }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const token = alice.storedToken()
    await alice.taps(nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.guest.title)
    expect(alice.storedToken()).toBeUndefined()
    await alice.host.waitFor(() => readMember(world, token).then(() => false, isSessionEnded))

    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await openPopup(later)
    await later.host.waitFor(() => later.proxy.count('session.prepare') > 0)
    expect(later.proxy.calls).not.toContain('session.resume')
    expect(later.shownNickName()).toBeUndefined()
  })
})

test('the home page is shown before the API responds', async ({ openApp }) => {
  const late = createDeferred()
  const alice = await openApp({ beforeResponses: () => late.promise })
  await alice.sees(zh.day.title)
  expect(alice.host.text()).not.toContain(zh.login.title)
  await openPopup(alice)
  late.resolve()
})

function isSessionEnded(error: unknown): boolean {
  return error instanceof TRPCClientError && /^SESSION_/.test(error.data.failure)
}
