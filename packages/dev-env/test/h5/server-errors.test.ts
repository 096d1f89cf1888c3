import type { Route } from 'playwright-core'
import { expect } from 'vitest'
import { countCharges, logInElsewhere, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

/** The next login gets this instead of the API's answer; those after it are let through. */
async function spoil({ page }: H5Driver, answer: (route: Route) => Promise<void>) {
  await page.route('**/trpc/login', answer, { times: 1 })
}

/** From the home page to the answer of the login. */
async function allow(visit: H5Driver) {
  await openPopup(visit)
  await openPhoneSheet(visit)
  await visit.taps(sandboxLabels.allow)
}

/** The popup waits for the person, who can leave it: no spinner, no blank page. */
async function expectCalm(visit: H5Driver) {
  expect(await visit.button(zh.login.submitting).count()).toBe(0)
  expect(await visit.button(zh.login.prompting).count()).toBe(0)
  const leave = visit.button(zh.login.notNow).or(visit.button(zh.login.browseOn))
  await leave.tap()
  await visit.seesNoMore(zh.login.notNow)
  await visit.sees(zh.day.title)
}

describeInBrowser('bad answers, in a browser', () => {
  test('a gateway’s page is a busy server, and the same tap enters later', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    const body = '<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>'
    await spoil(alice, (route) => route.fulfill({ status: 502, contentType: 'text/html', body }))
    await allow(alice)
    await alice.sees(zh.errors.network.gateway.title)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(charges()).toBe(1)
  })

  test('a hotel’s login page in place of the answer is named as one', async ({ openApp }) => {
    const alice = await openApp()
    await spoil(alice, (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Welcome to our hotel</html>' }),
    )
    await allow(alice)
    await alice.sees(zh.errors.network.unreadable.title)
    await expectCalm(alice)
  })

  test('a failure that this build never heard of has words', async ({ openApp }) => {
    const alice = await openApp()
    const data = { code: 'CONFLICT', httpStatus: 409, failure: 'MOON_IN_THE_WAY', retry: 'none' }
    await spoil(alice, (route) =>
      route.fulfill({ status: 409, json: { error: { code: -32009, message: 'MOON_IN_THE_WAY', data } } }),
    )
    await allow(alice)
    await alice.sees(zh.errors.server.UNKNOWN.title)
    await expectCalm(alice)
  })

  test('JSON that is not ours has words', async ({ openApp }) => {
    const alice = await openApp()
    await spoil(alice, (route) =>
      route.fulfill({ status: 200, json: { code: 0, msg: 'please pay for wifi' } }),
    )
    await allow(alice)
    await alice.sees(zh.errors.network.unreadable.title)
    await expectCalm(alice)
  })

  test('a lost answer is asked for again: the same account, one row, one charge', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await spoil(alice, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await allow(alice)
    await alice.sees(zh.errors.network.offline.title)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)

    expect(charges()).toBe(1)
    const { id } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInElsewhere(world, alice.person)
    expect([elsewhere.isNew, elsewhere.member.id]).toEqual([false, id])
  })

  test('an answer that comes after the popup was closed lets nobody in', async ({ openApp }) => {
    const alice = await openApp()
    const held: Route[] = []
    await spoil(alice, async (route) => void held.push(route))
    await allow(alice)
    await alice.button(zh.login.submitting).waitFor()
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    for (const route of held) await route.continue()
    await alice.button(zh.me.entrance).waitFor()
    expect(await alice.storedToken()).toBeUndefined()
    expect(await alice.page.getByText(zh.login.welcomeNew).count()).toBe(0)
  })

  test.for([
    ['WeChat is down', 'WECHAT_UNAVAILABLE', { kind: 'http', status: 502, times: 20 }],
    ['WeChat is busy', 'WECHAT_BUSY', { kind: 'errcode', errcode: 45_011, times: 20 }],
    ['WeChat sees a risk', 'WECHAT_RISK_BLOCKED', { kind: 'errcode', errcode: 40_226, times: 20 }],
  ] as const)('%s, and it is said so', async ([, failure, fault], { openApp, world }) => {
    // From before the launch: what WeChat answers then is kept for the login.
    world.wechat.faults.add({ ...fault, endpoint: '/sns/jscode2session' })
    try {
      const alice = await openApp()
      await allow(alice)
      await alice.sees(zh.errors.server[failure].title, zh.errors.server[failure].body)
      await expectCalm(alice)
    } finally {
      world.wechat.faults.clear()
    }
  })
})
