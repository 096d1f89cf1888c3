import { realClock } from './clock.ts'
import { serveControl } from './control/serve-control.ts'
import { chooseRules } from './rules.ts'
import type { Sandbox, SandboxOptions } from './sandbox.ts'
import { AppSeed, DEFAULT_APPS, DEFAULT_PEOPLE, PersonSeed, parseSeed } from './seeds.ts'
import { createSteerable } from './steer.ts'
import { type Listening, listen } from './wire/listen.ts'
import { serveWeChat } from './wire/serve-wechat.ts'

/** Starts WeChat on localhost. Rejects with EADDRINUSE when a port is taken, with SandboxMisused for a bad seed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, controlPort = false } = options
  const { world, steerable } = createSteerable({
    seed: options.seed ?? 'wechat-sandbox',
    clock: options.clock ?? realClock(),
    rules: chooseRules(options.strict ?? false, options.rules),
    apps: (options.apps ?? DEFAULT_APPS).map((app) => parseSeed(AppSeed, app, 'an app')),
    people: (options.people ?? DEFAULT_PEOPLE).map((person) => parseSeed(PersonSeed, person, 'a person')),
  })
  const wechat = await listen(host, port, (request, response) => serveWeChat(world, request, response))
  const control = await openControl()

  async function openControl(): Promise<Listening | undefined> {
    if (controlPort === false) return undefined
    try {
      return await listen(host, controlPort, (request, response) =>
        serveControl({ steerable, world, wechatUrl: wechat.url }, request, response),
      )
    } catch (cause) {
      await wechat[Symbol.asyncDispose]()
      throw cause
    }
  }

  return Object.assign(steerable, {
    url: wechat.url,
    controlUrl: control?.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([wechat[Symbol.asyncDispose](), control?.[Symbol.asyncDispose]()])
    },
  })
}
