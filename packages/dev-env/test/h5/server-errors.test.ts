import type { Route } from 'playwright-core'
import { expect } from 'vitest'
import { countCharges, logInViaApi, readMember } from '../_api-client.ts'
import { failureReply, htmlReply } from '../_fixtures.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { allowPhoneNumber, type H5Driver } from './_h5-driver.ts'
import { test } from './_test.ts'

/** Handles the next login request instead of the API. Later logins reach the API. */
async function interceptLogin({ page }: H5Driver, handler: (route: Route) => Promise<void>) {
  await page.route('**/trpc/login', handler, { times: 1 })
}

/** Asserts that no login is pending and that the popup can be closed. */
async function expectPopupCloses({ button, seesNoMore, sees }: H5Driver) {
  expect(await button(zh.login.submitting).count()).toBe(0)
  expect(await button(zh.login.prompting).count()).toBe(0)
  await button(zh.login.notNow).or(button(zh.login.recovery.dismiss)).tap()
  await seesNoMore(zh.login.notNow)
  await sees(zh.day.title)
}

describeInBrowser('server errors in the browser build', () => {
  test('an HTML error page of a gateway shows an error, and a retry logs in without a second charge', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await interceptLogin(alice, (route) => route.fulfill(htmlReply(502)))
    await allowPhoneNumber(alice)
    await alice.sees(zh.errors.network.gateway.title)
    await alice.taps(zh.login.recovery.retry)
    await alice.hasSeen(zh.login.welcomeNew)
    expect(charges()).toBe(1)
  })

  test('an HTML page with status 200, as of a captive portal, shows an error', async ({ openApp }) => {
    const alice = await openApp()
    await interceptLogin(alice, (route) => route.fulfill(htmlReply(200)))
    await allowPhoneNumber(alice)
    await alice.sees(zh.errors.network.unreadable.title)
    await expectPopupCloses(alice)
  })

  test('a failure code that this build does not know shows an error', async ({ openApp }) => {
    const alice = await openApp()
    await interceptLogin(alice, (route) => route.fulfill(failureReply('CODE_FROM_THE_FUTURE', 'none')))
    await allowPhoneNumber(alice)
    await alice.sees(zh.errors.server.UNKNOWN.title)
    await expectPopupCloses(alice)
  })

  test('a JSON response that is not tRPC shows an error', async ({ openApp }) => {
    const alice = await openApp()
    const json = { code: 0, msg: 'please pay for wifi' }
    await interceptLogin(alice, (route) => route.fulfill({ status: 200, json }))
    await allowPhoneNumber(alice)
    await alice.sees(zh.errors.network.unreadable.title)
    await expectPopupCloses(alice)
  })

  test('a retry after a lost response logs in as the same member without a second charge', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await interceptLogin(alice, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await allowPhoneNumber(alice)
    await alice.sees(zh.errors.network.offline.title)
    await alice.taps(zh.login.recovery.retry)
    await alice.hasSeen(zh.login.welcomeNew)

    expect(charges()).toBe(1)
    const { id } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInViaApi(world, alice.person)
    expect([elsewhere.isNew, elsewhere.member.id]).toEqual([false, id])
  })

  test('a login response that arrives after the popup was closed is ignored', async ({ openApp }) => {
    const alice = await openApp()
    const pending: Route[] = []
    await interceptLogin(alice, async (route) => void pending.push(route))
    await allowPhoneNumber(alice)
    await alice.button(zh.login.submitting).waitFor()
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    const responding = alice.page.waitForResponse('**/trpc/login')
    for (const route of pending) await route.continue()
    await (await responding).finished()
    await alice.button(zh.me.entrance).waitFor()
    expect(await alice.storedToken()).toBeUndefined()
    expect(await alice.page.getByText(zh.login.welcomeNew).count()).toBe(0)
  })

  test.for([
    ['an unavailable WeChat', 'WECHAT_UNAVAILABLE', { kind: 'http', status: 502, times: 20 }],
    ['a busy WeChat', 'WECHAT_BUSY', { kind: 'errcode', errcode: 45_011, times: 20 }],
    ['a login that WeChat blocks', 'WECHAT_RISK_BLOCKED', { kind: 'errcode', errcode: 40_226, times: 20 }],
  ] as const)('%s shows an error', async ([, failure, fault], { openApp, world }) => {
    // Added before the launch, because the app exchanges a login code in advance.
    world.wechat.faults.add({ ...fault, endpoint: '/sns/jscode2session' })
    try {
      const alice = await openApp()
      await allowPhoneNumber(alice)
      await alice.sees(zh.errors.server[failure].title, zh.errors.server[failure].body)
      await expectPopupCloses(alice)
    } finally {
      world.wechat.faults.clear()
    }
  })
})
