import type { WeChatApp } from './apps.ts'
import { type IdGenerator, URL_SAFE } from './id-generator.ts'
import { type PhoneNumber, parsePhoneNumber } from './phone-number.ts'
import { SandboxUsageError } from './sandbox-usage-error.ts'
import type { PersonSeed } from './seeds.ts'

/** A person's WeChat account. */
export interface WeChatAccount {
  readonly name: string
  readonly nickName: string
  phones: readonly PhoneNumber[]
  /** High risk: WeChat blocks the login. */
  blocked: boolean
}

export interface People {
  readonly all: readonly WeChatAccount[]
  /** Throws {@link SandboxUsageError} when the name is taken. */
  add(seed: PersonSeed): WeChatAccount
  /** Throws {@link SandboxUsageError} for an unknown name. */
  get(name: string): WeChatAccount
  /** One per app and person. */
  openId(app: WeChatApp, person: WeChatAccount): string
  /** One per Open Platform account and person; undefined when the app is bound to none. */
  unionId(app: WeChatApp, person: WeChatAccount): string | undefined
  /** Only knows openids that {@link openId} has returned before. */
  findByOpenId(app: WeChatApp, openId: string): WeChatAccount | undefined
}

const MAX_NAMES_IN_MESSAGE = 10

export function createPeople(seeds: readonly PersonSeed[], ids: IdGenerator): People {
  const byName = new Map<string, WeChatAccount>()
  const byOpenId = new Map<string, WeChatAccount>()
  const openIds = new Map<string, string>()

  function openId(app: WeChatApp, person: WeChatAccount): string {
    const key = `${app.appId} ${person.name}`
    const known = openIds.get(key)
    if (known !== undefined) return known
    const created = `o${ids.stable(URL_SAFE, 27, 'openid', app.appId, person.name)}`
    openIds.set(key, created)
    byOpenId.set(`${app.appId} ${created}`, person)
    return created
  }

  const people: People = {
    get all() {
      return [...byName.values()]
    },
    add(seed) {
      if (byName.has(seed.name)) {
        throw new SandboxUsageError('NAME_TAKEN', `a person named ${seed.name} exists: choose another name`)
      }
      const person: WeChatAccount = {
        name: seed.name,
        nickName: seed.nickName ?? seed.name,
        phones: (seed.phones ?? []).map(parsePhoneNumber),
        blocked: seed.blocked ?? false,
      }
      byName.set(seed.name, person)
      return person
    },
    get(name) {
      const person = byName.get(name)
      if (person) return person
      const known = [...byName.keys()].slice(0, MAX_NAMES_IN_MESSAGE).join(', ')
      throw new SandboxUsageError('UNKNOWN_PERSON', `no person is named ${name}: use one of ${known}`)
    },
    openId,
    unionId(app, person) {
      if (app.platform === undefined) return undefined
      return `o${ids.stable(URL_SAFE, 27, 'unionid', app.platform, person.name)}`
    },
    findByOpenId: (app, id) => byOpenId.get(`${app.appId} ${id}`),
  }
  for (const seed of seeds) people.add(seed)
  return people
}
