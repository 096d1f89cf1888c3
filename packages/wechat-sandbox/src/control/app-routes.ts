import { z } from 'zod'
import { type AppConsole, parseQuotaName } from '../sandbox/app-console.ts'
import { QUOTAS } from '../state/quotas.ts'
import { PushSetup } from '../state/seeds.ts'
import { type ControlCall, type ControlDeps, type ControlRoute, route } from './route.ts'

const AppChange = z.strictObject({
  secretFrozen: z.boolean().optional(),
  /** `null` turns the list off. */
  ipWhitelist: z.array(z.string()).nullable().optional(),
  /** `null` for no limit. */
  phoneTapsLeft: z.number().int().min(0).nullable().optional(),
  sessionKeyRotation: z
    .union([z.enum(['always', 'never']), z.strictObject({ afterMs: z.number().min(0) })])
    .optional(),
})
const QuotaLeft = z.strictObject({ left: z.number().int().min(0) })
const TokenToReplace = z.strictObject({ kind: z.enum(['plain', 'stable']).optional() })
const PushedChange = z.strictObject({
  event: z.enum(['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation']),
  person: z.string().optional(),
  revokeInfo: z.string().optional(),
})

export const appRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/apps',
    about: 'list the apps, with their secrets and charges',
    handle: ({ deps }) => ({ apps: deps.state().apps.all.map(({ appId }) => toAppJson(appId, deps)) }),
  }),
  route({
    on: 'GET /_sandbox/apps/:appId',
    about: 'get one app',
    handle: (call) => toAppJson(consoleOf(call).appId, call.deps),
  }),
  route({
    on: 'PATCH /_sandbox/apps/:appId',
    about: 'change an app: { secretFrozen?, ipWhitelist?, phoneTapsLeft?, sessionKeyRotation? }',
    input: AppChange,
    handle(call) {
      const app = consoleOf(call)
      const { secretFrozen, ipWhitelist, phoneTapsLeft, sessionKeyRotation } = call.input
      if (secretFrozen === true) app.freezeSecret()
      if (secretFrozen === false) app.unfreezeSecret()
      if (ipWhitelist !== undefined) app.setIpWhitelist(ipWhitelist ?? undefined)
      if (phoneTapsLeft !== undefined) app.setPhoneTapsLeft(phoneTapsLeft ?? undefined)
      if (sessionKeyRotation !== undefined) app.setSessionKeyRotation(sessionKeyRotation)
      return toAppJson(app.appId, call.deps)
    },
  }),
  route({
    on: 'PUT /_sandbox/apps/:appId/quotas/:scope/:window',
    about: `set the calls left in this minute or day: { left }, for ${Object.keys(QUOTAS).join(', ')}`,
    input: QuotaLeft,
    handle(call) {
      const name = parseQuotaName(`${call.params.scope}/${call.params.window}`)
      consoleOf(call).setQuotaLeft(name, call.input.left)
      return { quota: name, left: call.input.left }
    },
  }),
  route({
    on: 'GET /_sandbox/apps/:appId/tokens',
    about: 'list the valid access tokens',
    handle: (call) => ({ tokens: consoleOf(call).tokens }),
  }),
  route({
    on: 'POST /_sandbox/apps/:appId/tokens/replace',
    about: 'replace the token, as another holder of the secret would: { kind? }',
    input: TokenToReplace,
    handle(call) {
      consoleOf(call).replaceToken(call.input.kind)
      return { tokens: consoleOf(call).tokens }
    },
  }),
  route({
    on: 'PUT /_sandbox/apps/:appId/push',
    about: 'set and verify the push address: { url, token, encodingAesKey?, mode?, format?, sloppyJson? }',
    input: PushSetup,
    handle(call) {
      const { push } = consoleOf(call)
      push.configure(call.input)
      return push.verify()
    },
  }),
  route({
    on: 'POST /_sandbox/apps/:appId/push',
    about: 'push an event: { event, person?, revokeInfo? }',
    input: PushedChange,
    handle: (call) => consoleOf(call).push.send(call.input),
  }),
]

function consoleOf({ deps, params }: ControlCall<unknown>): AppConsole {
  return deps.controls.console(params.appId)
}

function toAppJson(id: string, { state, controls }: ControlDeps) {
  const { appId, secret, platform, secretFrozen, ipWhitelist, phoneTapsLeft } = state().apps.get(id)
  const { charges } = controls.console(id)
  return { appId, secret, platform, secretFrozen, ipWhitelist, phoneTapsLeft, charges }
}
