import { describe, expect } from 'vitest'
import { htmlPage } from './_answers.ts'
import { testIn } from './_test.ts'
import { logIn } from './_visit.ts'
import { accountWords, words } from './_words.ts'

const test = testIn({})
const { devices } = accountWords

describe('my devices', () => {
  test('are listed, and one that is ended is gone from the list', async ({ visit }) => {
    const alice = await visit({ platform: 'ios' })
    await logIn(alice)
    const other = await visit({ platform: 'android', person: alice.person })
    await other.host.waitFor(other.nameShown)

    await alice.taps(await alice.host.waitFor(alice.nameShown))
    await alice.taps(words.me.devices)
    await alice.sees(devices.thisOne, 'Redmi Note 8')
    await alice.taps(devices.endOf('Redmi Note 8'))
    await alice.sees(devices.onlyThis.title)
    expect(alice.host.text()).not.toContain('Redmi Note 8')

    // The device that was ended finds out at its next call, and is not let in again behind the person's back.
    await other.taps(await other.host.waitFor(other.nameShown))
    await other.taps(words.me.devices)
    await other.sees(devices.guest.title)
    expect(other.keptToken()).toBeUndefined()
  })

  test('stay as they are when the person thinks better of it', async ({ visit }) => {
    const alice = await visit({ platform: 'ios' })
    await logIn(alice)
    const other = await visit({ platform: 'android', person: alice.person })
    await other.host.waitFor(other.nameShown)
    await alice.taps(await alice.host.waitFor(alice.nameShown))
    await alice.taps(words.me.devices)
    alice.phone.user.modal = 'cancel'
    await alice.taps(devices.endOf('Redmi Note 8'))
    await alice.taps(devices.endAll)
    await alice.sees(devices.thisOne, 'Redmi Note 8')
    expect(alice.gateway.calls).not.toContain('session.revoke')
    expect(alice.gateway.calls).not.toContain('session.logoutEverywhere')
  })

  test('can all be logged out, this one included', async ({ visit }) => {
    const alice = await visit()
    await logIn(alice)
    await alice.taps(await alice.host.waitFor(alice.nameShown))
    await alice.taps(words.me.devices)
    await alice.taps(devices.endAll)
    await alice.sees(words.me.guest.title)
    expect(alice.keptToken()).toBeUndefined()
  })

  test('that cannot be read are a trouble with words, and a retry reads them', async ({ visit }) => {
    const alice = await visit()
    await logIn(alice)
    await alice.taps(await alice.host.waitFor(alice.nameShown))
    alice.gateway.plan('session.list', async () => htmlPage(502))
    await alice.taps(words.me.devices)
    await alice.sees(words.errors.network.gateway.title)
    await alice.taps(devices.again)
    await alice.sees(devices.thisOne)
  })
})
