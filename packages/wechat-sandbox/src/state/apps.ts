import { HEX, type Mint } from './id-generator.ts'
import { toBlockList } from './ip-list.ts'
import { SandboxMisused } from './sandbox-usage-error.ts'
import type { AppSeed, PushSetup } from './seeds.ts'

/** An app as WeChat's console knows it. */
export interface App {
  readonly appId: string
  readonly secret: string
  readonly platform: string | undefined
  secretFrozen: boolean
  /** The addresses that may use the secret; undefined when the list is switched off. */
  ipWhitelist: readonly string[] | undefined
  /** Taps on the phone button that are paid for; undefined when there is no end of them. */
  phoneTapsLeft: number | undefined
  push: PushSetup | undefined
}

export interface Apps {
  readonly first: App
  readonly all: readonly App[]
  find(appId: string): App | undefined
  /** The named app, or the first one; throws {@link SandboxMisused} for a name nobody has. */
  pick(appId?: string): App
}

export function createApps(seeds: readonly AppSeed[], mint: Mint): Apps {
  const all = seeds.map((seed, index) => createApp(seed, index, mint))
  const [first] = all
  if (!first) throw new SandboxMisused('INVALID_INPUT', 'the sandbox needs at least one app')
  const byId = new Map(all.map((app) => [app.appId, app]))
  if (byId.size < all.length) throw new SandboxMisused('NAME_TAKEN', 'two apps have the same appId')
  return {
    first,
    all,
    find: (appId) => byId.get(appId),
    pick(appId = first.appId) {
      const app = byId.get(appId)
      if (app) return app
      throw new SandboxMisused(
        'UNKNOWN_APP',
        `no app is called ${appId}: there is ${[...byId.keys()].join(', ')}`,
      )
    },
  }
}

function createApp(seed: AppSeed, index: number, mint: Mint): App {
  toBlockList(seed.ipWhitelist ?? [])
  return {
    appId: seed.appId ?? `wx${mint.lasting(HEX, 16, 'appid', String(index))}`,
    secret: seed.secret ?? mint.lasting(HEX, 32, 'secret', String(index)),
    platform: seed.platform === undefined ? 'sandbox' : (seed.platform ?? undefined),
    secretFrozen: seed.secretFrozen ?? false,
    ipWhitelist: seed.ipWhitelist,
    phoneTapsLeft: seed.phoneTapsLeft,
    push: seed.push,
  }
}
