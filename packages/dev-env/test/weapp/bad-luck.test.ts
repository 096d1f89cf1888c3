import { describe, expect } from 'vitest'
import { door } from './_door.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestMayBrowse, logIn, openPopup, untilPopupIsGone } from './_visit.ts'
import { words } from './_words.ts'

const test = testIn()
const { network } = words.errors
const minute = 60_000

describe.each(twoPhones)('$platform, promises as $promises', (phone) => {
  test('a lost answer: the same login again gets the same member, and costs nothing', async ({
    visit,
    world,
  }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    const answers: string[] = []
    alice.gateway.plan('login', async (passOn) => {
      answers.push((await passOn()).body)
      return 'lost'
    })
    alice.gateway.plan('login', async (passOn) => {
      const answer = await passOn()
      answers.push(answer.body)
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.sees(words.login.recovery.send)
    expect(alice.host.text()).not.toContain(words.login.submitting)

    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
    const [lost, again] = answers.map(sessionOf)
    expect(again).toEqual(lost)
    expect(alice.sheets()).toBe(1)
    const asked = world.wechat.calls.filter(({ person }) => person === alice.person.name)
    expect(asked.map(({ endpoint }) => endpoint)).toEqual([
      '/sns/jscode2session',
      '/wxa/business/getuserphonenumber',
    ])
  })

  test('an answer that comes after the popup was closed logs nobody in', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    const { opened, open } = door()
    let isAnswered = false
    alice.gateway.plan('login', async (passOn) => {
      const answer = await passOn()
      isAnswered = true
      await opened
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.host.waitFor(() => isAnswered)
    await alice.sees(words.login.submitting)
    await alice.taps(words.login.notNow)
    open()
    await expectGuestMayBrowse(alice)
    // The next attempt is a login like any other.
    await alice.tapsPhoneButton()
    await alice.sees(words.login.welcomeBack)
  })

  test('an answer of WeChat that comes after the popup was closed is left alone', async ({ visit }) => {
    const { opened, open } = door()
    const alice = await visit({ ...phone, beforeSheetAnswer: () => opened })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.sees(words.login.prompting)
    await alice.taps(words.login.notNow)
    await untilPopupIsGone(alice)
    open()
    // The button is gone with the popup; a phone has nobody left to tell.
    await tapping.catch(() => {})
    expect(alice.gateway.count('login')).toBe(0)
    await expectGuestMayBrowse(alice)
  })

  test('a double tap opens one sheet and logs in once', async ({ visit }) => {
    const { opened, open } = door()
    const alice = await visit({ ...phone, beforeSheetAnswer: () => opened })
    await openPopup(alice)
    const first = alice.tapsPhoneButton()
    await alice.sees(words.login.prompting)
    const second = alice.tapsPhoneButton()
    await second
    open()
    await first
    await alice.sees(words.login.welcomeNew)
    expect(alice.sheets()).toBe(1)
    expect(alice.gateway.count('login')).toBe(1)
  })

  test('an answer of WeChat that comes twice is one login', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    const button = await alice.host.waitFor(alice.phoneButton)
    const detail = { errMsg: 'getPhoneNumber:ok', code: alice.person.allowsPhone() }
    alice.host.trigger(button, 'getphonenumber', detail)
    alice.host.trigger(button, 'getphonenumber', detail)
    await alice.sees(words.login.welcomeNew)
    expect(alice.gateway.count('login')).toBe(1)
  })

  test('a popup that stood open for six minutes takes a fresh login code', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.waits(6 * minute)
    await alice.tapsPhoneButton()
    await alice.sees(words.login.welcomeNew)
    // The code that the popup was opened with would have been refused.
    expect(alice.gateway.count('login')).toBe(1)
  })
})

test('a phone code that has become too old is not sent again: the person taps once more', async ({
  visit,
}) => {
  const alice = await visit()
  await openPopup(alice)
  alice.phone.network.isOnline = false
  await alice.tapsPhoneButton()
  await alice.sees(network.offline.title)
  alice.phone.network.isOnline = true
  alice.waits(6 * minute)
  await alice.taps(words.login.recovery.send)
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeNew)
  expect(alice.gateway.count('login')).toBe(1)
})

test('no answer at all ends in words, and a retry logs in', async ({ visit }) => {
  const alice = await visit()
  await openPopup(alice)
  const { opened, open } = door()
  alice.gateway.plan('login', async (passOn) => {
    await opened
    return passOn()
  })
  await alice.tapsPhoneButton()
  await alice.sees(words.login.submitting)
  await alice.host.waitFor(() => alice.gateway.count('login') === 1)
  alice.waits(minute)
  await alice.sees(network.timeout.title, network.timeout.body)
  open()
  await alice.taps(words.login.recovery.send)
  await alice.sees(words.login.welcomeNew)
  expect(alice.sheets()).toBe(1)
})

test('whoever leaves WeChat while logging in comes back to words', async ({ visit }) => {
  const alice = await visit({ platform: 'android' })
  await openPopup(alice)
  let isAway = false
  alice.gateway.plan('login', async (passOn) => {
    const answer = await passOn()
    alice.host.background()
    alice.phone.network.cut('interrupted')
    isAway = true
    return answer
  })
  await alice.tapsPhoneButton()
  await alice.host.waitFor(() => isAway)
  alice.host.foreground()
  await alice.sees(network.interrupted.title)
  await alice.taps(words.login.recovery.send)
  await alice.sees(words.login.welcomeNew)
})

test.for(['isFull', 'isBroken'] as const)(
  'a storage that %s costs nobody the login',
  async (fault, { visit }) => {
    const alice = await visit()
    alice.phone.storage[fault] = true
    await logIn(alice)
    await alice.host.waitFor(alice.nameShown)
  },
)

test.for([{ is: 'an object' }, 17, 'not a token', ''])(
  '%j in the place of all that was kept costs nobody more than a silent resumption',
  async (spoilt, { visit }) => {
    const alice = await visit()
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    const stored = Object.fromEntries(Object.keys(alice.storage()).map((key) => [key, spoilt]))
    const later = await visit({ person: alice.person, stored })
    await later.sees(nickName)
    expect(later.sheets()).toBe(0)
  },
)

/** Which session an answer of `login` is about, whatever moment its tokens were made at. */
function sessionOf(body: string): unknown {
  const { result } = JSON.parse(body) as {
    result: { data: { token: string; refreshToken?: string; member: object } }
  }
  const { sid } = JSON.parse(Buffer.from(result.data.token.split('.')[1] ?? '', 'base64url').toString()) as {
    sid?: string
  }
  return { sid, member: result.data.member, refreshToken: result.data.refreshToken }
}
