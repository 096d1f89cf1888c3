import { z } from 'zod'
import { type AppConsole, readQuotaName } from '../sandbox/app-console.ts'
import { QUOTAS } from '../state/quotas.ts'
import { PushSetup } from '../state/seeds.ts'
import { type ControlCall, type ControlDeps, type ControlRoute, route } from './control-call.ts'

const Change = z.strictObject({
  secretFrozen: z.boolean().optional(),
  /** `null` switches the list off. */
  ipWhitelist: z.array(z.string()).nullable().optional(),
  /** `null` for no end of them. */
  phoneTapsLeft: z.number().int().min(0).nullable().optional(),
  sessionKeyRotation: z
    .union([z.enum(['always', 'never']), z.strictObject({ afterMs: z.number().min(0) })])
    .optional(),
})
const Left = z.strictObject({ left: z.number().int().min(0) })
const Kind = z.strictObject({ kind: z.enum(['plain', 'stable']).optional() })
const PushedChange = z.strictObject({
  event: z.enum(['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation']),
  person: z.string().optional(),
  revokeInfo: z.string().optional(),
})

export const appRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/apps',
    about: 'the apps, with their secrets and charges',
    answer: ({ deps }) => ({ apps: deps.state().apps.all.map(({ appId }) => show(appId, deps)) }),
  }),
  route({
    on: 'GET /_sandbox/apps/:appId',
    about: 'one app',
    answer: (call) => show(consoleOf(call).appId, call.deps),
  }),
  route({
    on: 'PATCH /_sandbox/apps/:appId',
    about: 'change an app: { secretFrozen?, ipWhitelist?, phoneTapsLeft?, sessionKeyRotation? }',
    input: Change,
    answer(call) {
      const app = consoleOf(call)
      const { secretFrozen, ipWhitelist, phoneTapsLeft, sessionKeyRotation } = call.input
      if (secretFrozen === true) app.freezeSecret()
      if (secretFrozen === false) app.unfreezeSecret()
      if (ipWhitelist !== undefined) app.setIpWhitelist(ipWhitelist ?? undefined)
      if (phoneTapsLeft !== undefined) app.setPhoneTapsLeft(phoneTapsLeft ?? undefined)
      if (sessionKeyRotation !== undefined) app.setSessionKeyRotation(sessionKeyRotation)
      return show(app.appId, call.deps)
    },
  }),
  route({
    on: 'PUT /_sandbox/apps/:appId/quotas/:scope/:window',
    about: `leave so many calls in this minute or day: { left }, for ${Object.keys(QUOTAS).join(', ')}`,
    input: Left,
    answer(call) {
      const name = readQuotaName(`${call.params.scope}/${call.params.window}`)
      consoleOf(call).setQuotaLeft(name, call.input.left)
      return { quota: name, left: call.input.left }
    },
  }),
  route({
    on: 'GET /_sandbox/apps/:appId/tokens',
    about: 'the tokens that work (a leak, if you like)',
    answer: (call) => ({ tokens: consoleOf(call).tokens }),
  }),
  route({
    on: 'POST /_sandbox/apps/:appId/tokens/replace',
    about: 'replace the token, as a stranger with the secret would: { kind? }',
    input: Kind,
    answer(call) {
      consoleOf(call).replaceToken(call.input.kind)
      return { tokens: consoleOf(call).tokens }
    },
  }),
  route({
    on: 'PUT /_sandbox/apps/:appId/push',
    about:
      'where events go: { url, token, encodingAesKey?, mode?, format?, sloppyJson? }; WeChat checks the address',
    input: PushSetup,
    answer(call) {
      const { push } = consoleOf(call)
      push.configure(call.input)
      return push.verify()
    },
  }),
  route({
    on: 'POST /_sandbox/apps/:appId/push',
    about: 'push an event: { event, person?, revokeInfo? }',
    input: PushedChange,
    answer: (call) => consoleOf(call).push.send(call.input),
  }),
]

function consoleOf({ deps, params }: ControlCall<unknown>): AppConsole {
  return deps.controls.console(params.appId)
}

function show(id: string, { state, controls }: ControlDeps) {
  const { appId, secret, platform, secretFrozen, ipWhitelist, phoneTapsLeft } = state().apps.get(id)
  const { charges } = controls.console(id)
  return { appId, secret, platform, secretFrozen, ipWhitelist, phoneTapsLeft, charges }
}
