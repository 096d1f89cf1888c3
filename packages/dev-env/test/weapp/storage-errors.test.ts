import { expect } from 'vitest'
import { testIn } from './_test.ts'

const test = testIn()

test.for([
  ['full', 'isFull'],
  ['broken', 'isBroken'],
] as const)('a login succeeds with a %s storage', async ([, defect], { openApp }) => {
  const alice = await openApp()
  alice.phone.storage[defect] = true
  await alice.logsIn()
  await alice.host.waitFor(alice.shownNickName)
})

test.for([{ is: 'an object' }, 17, 'not a token', ''])(
  'a member whose stored values were all replaced by %j is restored without a phone number sheet',
  async (corrupted, { openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const stored = Object.fromEntries(Object.keys(alice.storedData()).map((key) => [key, corrupted]))
    const later = await openApp({ person: alice.person, stored })
    await later.sees(nickName)
    expect(later.phoneSheets()).toBe(0)
  },
)
