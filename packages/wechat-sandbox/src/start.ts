import { serveControl } from './control/serve-control.ts'
import type { Sandbox, SandboxOptions } from './sandbox/sandbox.ts'
import { createControls } from './sandbox/sandbox-controls.ts'
import { type ListeningServer, listen } from './server/http.ts'
import { serveWeChat } from './server/serve-wechat.ts'
import { realClock } from './state/clock.ts'
import { resolveRules } from './state/rules.ts'
import { AppSeed, DEFAULT_APPS, DEFAULT_PEOPLE, PersonSeed, parseInput } from './state/seeds.ts'

/**
 * Starts WeChat's login API on localhost. Rejects with EADDRINUSE for a taken port and with SandboxUsageError for an
 * invalid seed.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, controlPort = false } = options
  const { state, controls } = createControls({
    seed: options.seed ?? 'wechat-sandbox',
    clock: options.clock ?? realClock(),
    rules: resolveRules(options.strict ?? false, options.rules),
    apps: (options.apps ?? DEFAULT_APPS).map((app) => parseInput(AppSeed, app, 'an app')),
    people: (options.people ?? DEFAULT_PEOPLE).map((person) => parseInput(PersonSeed, person, 'a person')),
  })
  const wechatServer = await listen(host, port, (request, response) => serveWeChat(state, request, response))
  const controlServer = await listenForControl()

  async function listenForControl(): Promise<ListeningServer | undefined> {
    if (controlPort === false) return undefined
    try {
      return await listen(host, controlPort, (request, response) =>
        serveControl({ controls, state, wechatUrl: wechatServer.url }, request, response),
      )
    } catch (cause) {
      await wechatServer[Symbol.asyncDispose]()
      throw cause
    }
  }

  return Object.assign(controls, {
    url: wechatServer.url,
    controlUrl: controlServer?.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([wechatServer[Symbol.asyncDispose](), controlServer?.[Symbol.asyncDispose]()])
    },
  })
}
