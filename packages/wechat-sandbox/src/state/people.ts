import type { App } from './apps.ts'
import { type Mint, URL_SAFE } from './id-generator.ts'
import { type Phone, readPhone } from './phone.ts'
import { SandboxMisused } from './sandbox-usage-error.ts'
import type { PersonSeed } from './seeds.ts'

/** A person as WeChat knows them. */
export interface Account {
  readonly name: string
  readonly nickName: string
  phones: readonly Phone[]
  /** High risk: WeChat blocks the login. */
  blocked: boolean
}

export interface People {
  readonly all: readonly Account[]
  add(seed: PersonSeed): Account
  find(name: string): Account | undefined
  /** Throws {@link SandboxMisused} for a name nobody has. */
  pick(name: string): Account
  /** One per app and person. */
  openId(app: App, person: Account): string
  /** One per platform account and person; none when the app is bound to no platform account. */
  unionId(app: App, person: Account): string | undefined
  ownerOf(app: App, openId: string): Account | undefined
}

export function createPeople(seeds: readonly PersonSeed[], mint: Mint): People {
  const byName = new Map<string, Account>()
  const openIds = new Map<string, Account>()
  const idsOf = new Map<string, string>()

  function openId(app: App, person: Account): string {
    const key = `${app.appId} ${person.name}`
    const known = idsOf.get(key)
    if (known !== undefined) return known
    const made = `o${mint.lasting(URL_SAFE, 27, 'openid', app.appId, person.name)}`
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
        throw new SandboxMisused('NAME_TAKEN', `there is already a person called ${seed.name}`)
      }
      const person: Account = {
        name: seed.name,
        nickName: seed.nickName ?? seed.name,
        phones: (seed.phones ?? []).map(readPhone),
        blocked: seed.blocked ?? false,
      }
      byName.set(seed.name, person)
      return person
    },
    find: (name) => byName.get(name),
    pick(name) {
      const person = byName.get(name)
      if (person) return person
      const known = [...byName.keys()].slice(0, 10).join(', ')
      throw new SandboxMisused('UNKNOWN_PERSON', `nobody is called ${name}: there is ${known}`)
    },
    openId,
    unionId(app, person) {
      if (app.platform === undefined) return undefined
      return `o${mint.lasting(URL_SAFE, 27, 'unionid', app.platform, person.name)}`
    },
    ownerOf(app, id) {
      return openIds.get(`${app.appId} ${id}`)
    },
  }
  for (const seed of seeds) people.add(seed)
  return people
}
