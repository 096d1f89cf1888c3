import { HEX, type IdGenerator } from './id-generator.ts'
import { toBlockList } from './ip-list.ts'
import { SandboxUsageError } from './sandbox-usage-error.ts'
import type { AppSeed, PushSetup } from './seeds.ts'

/** A mini-program with the settings of its WeChat console. */
export interface WeChatApp {
  readonly appId: string
  readonly secret: string
  /** The Open Platform account that the app is bound to, if any. */
  readonly platform: string | undefined
  secretFrozen: boolean
  /** Addresses and networks that may use the secret; undefined when the list is off. */
  ipWhitelist: readonly string[] | undefined
  /** Paid taps on the phone button; undefined for no limit. */
  phoneTapsLeft: number | undefined
  push: PushSetup | undefined
}

export interface Apps {
  readonly first: WeChatApp
  readonly all: readonly WeChatApp[]
  find(appId: string): WeChatApp | undefined
  /** The first app when `appId` is left out. Throws {@link SandboxUsageError} for an unknown appId. */
  get(appId?: string): WeChatApp
}

export function createApps(seeds: readonly AppSeed[], ids: IdGenerator): Apps {
  const all = seeds.map((seed, index) => createApp(seed, index, ids))
  const [first] = all
  if (!first) throw new SandboxUsageError('INVALID_INPUT', 'apps is empty: pass at least one app')
  const byId = new Map(all.map((app) => [app.appId, app]))
  if (byId.size < all.length) {
    throw new SandboxUsageError('NAME_TAKEN', 'two apps have the same appId: give each its own')
  }
  return {
    first,
    all,
    find: (appId) => byId.get(appId),
    get(appId = first.appId) {
      const app = byId.get(appId)
      if (app) return app
      throw new SandboxUsageError(
        'UNKNOWN_APP',
        `no app has the appId ${appId}: use one of ${[...byId.keys()].join(', ')}`,
      )
    },
  }
}

function createApp(seed: AppSeed, index: number, ids: IdGenerator): WeChatApp {
  toBlockList(seed.ipWhitelist ?? []) // throws for a bad entry at start, not at the first call
  return {
    appId: seed.appId ?? `wx${ids.stable(HEX, 16, 'appid', String(index))}`,
    secret: seed.secret ?? ids.stable(HEX, 32, 'secret', String(index)),
    platform: seed.platform === undefined ? 'sandbox' : (seed.platform ?? undefined),
    secretFrozen: seed.secretFrozen ?? false,
    ipWhitelist: seed.ipWhitelist,
    phoneTapsLeft: seed.phoneTapsLeft,
    push: seed.push,
  }
}
