import type { WeChatApp } from './apps.ts'
import { type IdGenerator, URL_SAFE } from './id-generator.ts'
import { type PhoneNumber, parsePhoneNumber } from './phone.ts'
import { SandboxUsageError } from './sandbox-usage-error.ts'
import type { PersonSeed } from './seeds.ts'

/** A person as WeChat knows them. */
export interface WeChatAccount {
  readonly name: string
  readonly nickName: string
  phones: readonly PhoneNumber[]
  /** High risk: WeChat blocks the login. */
  blocked: boolean
}

export interface People {
  readonly all: readonly WeChatAccount[]
  add(seed: PersonSeed): WeChatAccount
  find(name: string): WeChatAccount | undefined
  /** Throws {@link SandboxUsageError} for a name nobody has. */
  get(name: string): WeChatAccount
  /** One per app and person. */
  openId(app: WeChatApp, person: WeChatAccount): string
  /** One per platform account and person; none when the app is bound to no platform account. */
  unionId(app: WeChatApp, person: WeChatAccount): string | undefined
  ownerOf(app: WeChatApp, openId: string): WeChatAccount | undefined
}

export function createPeople(seeds: readonly PersonSeed[], ids: IdGenerator): People {
  const byName = new Map<string, WeChatAccount>()
  const openIds = new Map<string, WeChatAccount>()
  const idsOf = new Map<string, string>()

  function openId(app: WeChatApp, person: WeChatAccount): string {
    const key = `${app.appId} ${person.name}`
    const known = idsOf.get(key)
    if (known !== undefined) return known
    const made = `o${ids.stable(URL_SAFE, 27, 'openid', app.appId, person.name)}`
    idsOf.set(key, made)
    openIds.set(`${app.appId} ${made}`, person)
    return made
  }

  const people: People = {
    get all() {
      return [...byName.values()]
    },
    add(seed) {
      if (byName.has(seed.name)) {
        throw new SandboxUsageError('NAME_TAKEN', `there is already a person called ${seed.name}`)
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
    find: (name) => byName.get(name),
    get(name) {
      const person = byName.get(name)
      if (person) return person
      const known = [...byName.keys()].slice(0, 10).join(', ')
      throw new SandboxUsageError('UNKNOWN_PERSON', `nobody is called ${name}: there is ${known}`)
    },
    openId,
    unionId(app, person) {
      if (app.platform === undefined) return undefined
      return `o${ids.stable(URL_SAFE, 27, 'unionid', app.platform, person.name)}`
    },
    ownerOf(app, id) {
      return openIds.get(`${app.appId} ${id}`)
    },
  }
  for (const seed of seeds) people.add(seed)
  return people
}
