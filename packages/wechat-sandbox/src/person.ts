import { SandboxMisused } from './misused.ts'
import { type Phone, readPhone } from './phone.ts'
import type { Account } from './state/people.ts'
import type { World } from './world.ts'

/** A person, and what they do with their telephone. Everything is about the first app unless `appId` names another. */
export interface Person {
  readonly name: string
  readonly openId: string
  readonly unionId: string | undefined
  readonly phones: readonly Phone[]
  openIdIn(appId: string): string
  unionIdIn(appId: string): string | undefined
  /** What `wx.login` hands to the mini-program: a login code, good for five minutes and one use. */
  tapsLogin(options?: { appId?: string }): string
  /**
   * What an allowed tap on WeChat's phone button hands over: a phone code, good for five minutes and one use.
   * `phone` is one of the person's numbers, the first when left out.
   */
  allowsPhone(phone?: string, options?: { appId?: string }): string
}

/** The handle keeps its meaning over a reset: it looks the person up each time. */
export function createPerson(world: () => World, name: string): Person {
  const account = () => world().people.pick(name)

  return {
    name,
    get openId() {
      return world().people.openId(world().apps.first, account())
    },
    get unionId() {
      return world().people.unionId(world().apps.first, account())
    },
    get phones() {
      return account().phones
    },
    openIdIn: (appId) => world().people.openId(world().apps.pick(appId), account()),
    unionIdIn: (appId) => world().people.unionId(world().apps.pick(appId), account()),
    tapsLogin({ appId } = {}) {
      const { apps, codes, people, sessionKeys, visits } = world()
      const app = apps.pick(appId)
      people.openId(app, account())
      sessionKeys.onLogin(app, account())
      visits.note(app, account())
      return codes.issueLogin(app, account()).value
    },
    allowsPhone(phone, { appId } = {}) {
      const { apps, codes } = world()
      return codes.issuePhone(apps.pick(appId), account(), choosePhone(account(), phone)).value
    },
  }
}

function choosePhone({ name, phones }: Account, wanted: string | undefined): Phone {
  const e164 = wanted === undefined ? undefined : readPhone(wanted).e164
  const phone = e164 === undefined ? phones[0] : phones.find((one) => one.e164 === e164)
  if (phone) return phone
  if (e164 === undefined) throw new SandboxMisused('NO_PHONE', `${name} has bound no phone to WeChat`)
  throw new SandboxMisused('UNKNOWN_PHONE', `that is none of the ${phones.length} phones of ${name}`)
}
