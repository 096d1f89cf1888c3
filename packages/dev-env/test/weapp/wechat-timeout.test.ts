import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { testIn } from './_test.ts'

// In a file of its own: with so short a timeout, a slow machine could make any other login fail.
const test = testIn({ env: { WECHAT_TIMEOUT_MS: '300' } })

test('a WeChat that does not respond shows an error', async ({ openApp, world }) => {
  const alice = await openApp()
  await openPopup(alice)
  world.wechat.faults.add({ kind: 'silence', times: 50 })
  await alice.tapsPhoneButton()
  await alice.sees(zh.errors.server.WECHAT_UNAVAILABLE.title)
})
