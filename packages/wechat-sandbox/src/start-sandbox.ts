import { realClock, type SandboxClock } from './clock.ts'
import type { Controls } from './control/control-call.ts'
import { serveControl } from './control/serve-control.ts'
import { createPerson, type Person } from './person.ts'
import { chooseRules, type Rules } from './rules.ts'
import { AppSeed, DEFAULT_APPS, DEFAULT_PEOPLE, PersonSeed, parseSeed } from './seeds.ts'
import type { CallRecord } from './state/call-log.ts'
import { type Listening, listen } from './wire/listen.ts'
import { serveWeChat } from './wire/serve-wechat.ts'
import { createWorld } from './world.ts'

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /** Default false: no control plane. 0 takes any free port. */
  controlPort?: number | false
  /** Default: one app, bound to a platform account. */
  apps?: readonly AppSeed[]
  /** Default: alice with two numbers, bob, and carol with a number of Hong Kong. */
  people?: readonly PersonSeed[]
  /** Decides, together with the clock, every id, secret, code, key, token and rid. */
  seed?: string
  clock?: SandboxClock
  /** Turns the {@link Rules} that WeChat has not published to the side that refuses more. */
  strict?: boolean
  /** Single rules, laid over what `strict` chose. */
  rules?: Partial<Rules>
}

/** A running WeChat. Dispose of it to close its ports. */
export interface Sandbox extends AsyncDisposable {
  /** Stands for https://api.weixin.qq.com. */
  readonly url: string
  readonly controlUrl: string | undefined
  /** The first app. */
  readonly app: { readonly appId: string; readonly secret: string }
  readonly clock: SandboxClock
  /** Throws SandboxMisused for a name nobody has. */
  person(name: string): Person
  addPerson(seed: PersonSeed): Person
  /** The newest calls, oldest first. They hold no secrets. */
  readonly calls: readonly CallRecord[]
  /** Forgets everything and starts over from the same seeds; the clock goes on. */
  reset(): void
}

/** Starts WeChat on localhost. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, controlPort = false, clock = realClock() } = options
  const seeds = {
    seed: options.seed ?? 'wechat-sandbox',
    clock,
    rules: chooseRules(options.strict ?? false, options.rules),
    apps: (options.apps ?? DEFAULT_APPS).map((app) => parseSeed(AppSeed, app, 'an app')),
    people: (options.people ?? DEFAULT_PEOPLE).map((person) => parseSeed(PersonSeed, person, 'a person')),
  }
  let world = createWorld(seeds)
  const controls: Controls = {
    world: () => world,
    person(name) {
      world.people.pick(name)
      return createPerson(() => world, name)
    },
    reset() {
      world = createWorld(seeds)
    },
  }
  const wechat = await listen(host, port, (request, response) => serveWeChat(() => world, request, response))
  const control = await openControl(wechat)

  async function openControl(opened: Listening): Promise<Listening | undefined> {
    if (controlPort === false) return undefined
    try {
      return await listen(host, controlPort, (request, response) => serveControl(controls, request, response))
    } catch (cause) {
      await opened[Symbol.asyncDispose]()
      throw cause
    }
  }

  return {
    url: wechat.url,
    controlUrl: control?.url,
    get app() {
      const { appId, secret } = world.apps.first
      return { appId, secret }
    },
    clock,
    person: controls.person,
    addPerson(seed) {
      const { name } = world.people.add(parseSeed(PersonSeed, seed, 'a person'))
      return controls.person(name)
    },
    get calls() {
      return world.calls.records
    },
    reset: controls.reset,
    async [Symbol.asyncDispose]() {
      await Promise.all([wechat[Symbol.asyncDispose](), control?.[Symbol.asyncDispose]()])
    },
  }
}
