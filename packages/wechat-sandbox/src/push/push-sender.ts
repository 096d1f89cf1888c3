import type { WeChatApp } from '../state/apps.ts'
import { DIGITS, HEX, URL_SAFE } from '../state/id-generator.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { PushSetup, parseInput } from '../state/seeds.ts'
import type { SandboxState } from '../state/state.ts'
import { type Delivery, type DeliveryOptions, deliver, verifyUrl } from './deliver.ts'
import { type AuthorizationChange, createEvent, type PushEvent } from './event.ts'
import { type PushContext, sealEvent, signQuery } from './seal.ts'

/** An event about a person. Without `person` it has no OpenID, as some events are reported. */
export interface PushedChange {
  readonly event: AuthorizationChange
  /** The person's name in the sandbox. */
  readonly person?: string | undefined
  /** `8` is the phone number, `6` nickname and avatar. `user_authorization_revoke` defaults to `8`. */
  readonly revokeInfo?: string | undefined
}

/** WeChat's message push to one app's server. */
export interface PushSender {
  /** Saves the setup, as in the console; {@link verify} checks the address. */
  configure(setup: PushSetup): void
  /** WeChat's check of the address: GET with signature, timestamp, nonce and echostr. */
  verify(options?: DeliveryOptions): Promise<Delivery>
  /** Pushes a change of a person's authorization. */
  send(change: PushedChange, options?: DeliveryOptions): Promise<Delivery>
  /** Pushes any event, with its fields as given. */
  sendEvent(event: PushEvent, options?: DeliveryOptions): Promise<Delivery>
}

/** Every method but `configure` throws {@link SandboxUsageError} (NO_PUSH) without a setup. */
export function createPushSender(state: () => SandboxState, app: () => WeChatApp): PushSender {
  function pushContext(): PushContext {
    const { appId, push } = app()
    if (!push) {
      throw new SandboxUsageError(
        'NO_PUSH',
        `${appId} has no push address: configure it with url and token first`,
      )
    }
    const { ids, clock } = state()
    return { setup: push, appId, ids, now: Math.floor(clock.now().getTime() / 1000) }
  }

  function sendSealed(
    event: PushEvent,
    openId: string | undefined,
    options?: DeliveryOptions,
  ): Promise<Delivery> {
    const context = pushContext()
    return deliver(context.setup.url, sealEvent(event, openId, context), options)
  }

  return {
    configure(setup) {
      app().push = parseInput(PushSetup, setup, 'the push setup')
    },
    async verify(options) {
      const context = pushContext()
      const echostr = context.ids.unique(DIGITS, 19, 'echostr', context.appId)
      return verifyUrl(context.setup.url, { ...signQuery(context), echostr }, options)
    },
    async send({ event, person, revokeInfo }, options) {
      const { people, ids } = state()
      const { appId, now } = pushContext()
      const openId = person === undefined ? undefined : people.openId(app(), people.get(person))
      const fields = {
        event,
        toUserName: `gh_${ids.stable(HEX, 12, 'gh', appId)}`,
        fromUserName: `o${ids.stable(URL_SAFE, 27, 'push-service', appId)}`,
        createTime: now,
        appId,
        openId,
        revokeInfo: event === 'user_authorization_revoke' ? (revokeInfo ?? '8') : revokeInfo,
      }
      return sendSealed(createEvent(fields), openId, options)
    },
    async sendEvent(event, options) {
      return sendSealed(event, undefined, options)
    },
  }
}
