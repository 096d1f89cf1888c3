import { HEX, type IdGenerator } from './id-generator.ts'
import { toBlockList } from './ip-list.ts'
import { SandboxUsageError } from './sandbox-usage-error.ts'
import type { AppSeed, PushSetup } from './seeds.ts'

/** An app as WeChat's console knows it. */
export interface WeChatApp {
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
  readonly first: WeChatApp
  readonly all: readonly WeChatApp[]
  find(appId: string): WeChatApp | undefined
  /** The named app, or the first one; throws {@link SandboxUsageError} for a name nobody has. */
  get(appId?: string): WeChatApp
}

export function createApps(seeds: readonly AppSeed[], ids: IdGenerator): Apps {
  const all = seeds.map((seed, index) => createApp(seed, index, ids))
  const [first] = all
  if (!first) throw new SandboxUsageError('INVALID_INPUT', 'the sandbox needs at least one app')
  const byId = new Map(all.map((app) => [app.appId, app]))
  if (byId.size < all.length) throw new SandboxUsageError('NAME_TAKEN', 'two apps have the same appId')
  return {
    first,
    all,
    find: (appId) => byId.get(appId),
    get(appId = first.appId) {
      const app = byId.get(appId)
      if (app) return app
      throw new SandboxUsageError(
        'UNKNOWN_APP',
        `no app is called ${appId}: there is ${[...byId.keys()].join(', ')}`,
      )
    },
  }
}

function createApp(seed: AppSeed, index: number, ids: IdGenerator): WeChatApp {
  toBlockList(seed.ipWhitelist ?? [])
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
