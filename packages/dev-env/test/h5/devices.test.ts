import { expect } from 'vitest'
import { logInElsewhere, readMember } from '../_api-client.ts'
import { accountZh, zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import type { H5Driver } from './_h5-driver.ts'
import { test } from './_test.ts'

const words = accountZh.devices

/** From the home page of a member to the list of devices. */
async function openDevices(visit: H5Driver, nickName: string) {
  await visit.taps(nickName)
  await visit.taps(zh.me.devices)
  await visit.sees(words.intro)
}

/** Answers WeChat's question, which has the same words as the button that led to it. */
async function answers({ page }: H5Driver, said: string) {
  await page.getByText(said, { exact: true }).filter({ visible: true }).last().tap()
}

describeInBrowser('one’s devices, in a browser', () => {
  test('who has one device sees that it is the only one', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    await openDevices(alice, nickName)
    await alice.sees(words.thisOne, words.onlyThis.title)
  })

  test('a device that is ended is out at once, and this one stays', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInElsewhere(world, alice.person)
    await openDevices(alice, nickName)
    await alice.page.getByText(words.end, { exact: true }).filter({ visible: true }).tap()
    await answers(alice, words.yes)
    await alice.sees(words.ended, words.onlyThis.title)
    await expect(readMember(world, elsewhere.token)).rejects.toThrow('SESSION_REVOKED')
    expect((await readMember(world, await alice.storedToken())).nickName).toBe(nickName)
  })

  test('who thinks better of it ends nothing', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInElsewhere(world, alice.person)
    await openDevices(alice, nickName)
    await alice.taps(words.endAll)
    await answers(alice, words.no)
    await alice.seesNoMore(words.askEndAll.title)
    expect((await readMember(world, elsewhere.token)).nickName).toBe(nickName)
  })

  test('logging out everywhere ends both devices, and leaves a guest', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const token = await alice.storedToken()
    const { nickName } = await readMember(world, token)
    const elsewhere = await logInElsewhere(world, alice.person)
    await openDevices(alice, nickName)
    await alice.taps(words.endAll)
    await answers(alice, words.yes)
    await alice.sees(zh.me.loggedOut)
    await expect(readMember(world, elsewhere.token)).rejects.toThrow('SESSION_REVOKED')
    await expect(readMember(world, token)).rejects.toThrow('SESSION_REVOKED')
    expect(await alice.storedToken()).toBeUndefined()
  })

  test('a list that does not come has words, and comes with another try', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    await alice.page.route('**/trpc/session.list', (route) => route.abort('internetdisconnected'))
    await alice.taps(nickName)
    await alice.taps(zh.me.devices)
    await alice.sees(zh.errors.network.offline.title)
    await alice.page.unroute('**/trpc/session.list')
    await alice.taps(words.again)
    await alice.sees(words.thisOne)
  })
})
