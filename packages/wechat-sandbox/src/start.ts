import { serveControl } from './control/serve-control.ts'
import type { Sandbox, SandboxOptions } from './sandbox/sandbox.ts'
import { createControls } from './sandbox/sandbox-controls.ts'
import { type Listening, listen } from './server/listen.ts'
import { serveWeChat } from './server/serve-wechat.ts'
import { realClock } from './state/clock.ts'
import { resolveRules } from './state/rules.ts'
import { AppSeed, DEFAULT_APPS, DEFAULT_PEOPLE, PersonSeed, parseInput } from './state/seeds.ts'

/** Starts WeChat on localhost. Rejects with EADDRINUSE when a port is taken, with SandboxMisused for a bad seed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, controlPort = false } = options
  const { state, controls } = createControls({
    seed: options.seed ?? 'wechat-sandbox',
    clock: options.clock ?? realClock(),
    rules: resolveRules(options.strict ?? false, options.rules),
    apps: (options.apps ?? DEFAULT_APPS).map((app) => parseInput(AppSeed, app, 'an app')),
    people: (options.people ?? DEFAULT_PEOPLE).map((person) => parseInput(PersonSeed, person, 'a person')),
  })
  const wechat = await listen(host, port, (request, response) => serveWeChat(state, request, response))
  const control = await openControl()

  async function openControl(): Promise<Listening | undefined> {
    if (controlPort === false) return undefined
    try {
      return await listen(host, controlPort, (request, response) =>
        serveControl({ controls, state, wechatUrl: wechat.url }, request, response),
      )
    } catch (cause) {
      await wechat[Symbol.asyncDispose]()
      throw cause
    }
  }

  return Object.assign(controls, {
    url: wechat.url,
    controlUrl: control?.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([wechat[Symbol.asyncDispose](), control?.[Symbol.asyncDispose]()])
    },
  })
}
