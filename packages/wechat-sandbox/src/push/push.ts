import type { WeChatApp } from '../state/apps.ts'
import { DIGITS, HEX, URL_SAFE } from '../state/id-generator.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { PushSetup, parseInput } from '../state/seeds.ts'
import type { SandboxState } from '../state/state.ts'
import { type Delivery, type DeliveryOptions, deliver, verifyUrl } from './deliver.ts'
import { type AuthorizationChange, createEvent, type PushEvent } from './event.ts'
import { type PushContext, sealEvent, signQuery } from './seal.ts'

/** Which event, about whom. `person` is a name; without one the event has no OpenID, as some are reported to come. */
export interface PushedChange {
  readonly event: AuthorizationChange
  readonly person?: string | undefined
  /** `8` is the phone number, `6` nickname and avatar; only for `user_authorization_revoke`, which defaults to `8`. */
  readonly revokeInfo?: string | undefined
}

/** WeChat's message push to one app's server. */
export interface PushSender {
  /** What the owner saves in the console; nothing is checked until {@link verify}. */
  configure(setup: PushSetup): void
  /** WeChat's check of the address: GET with signature, timestamp, nonce and echostr. */
  verify(options?: DeliveryOptions): Promise<Delivery>
  /** Pushes a change of a person's authorisations. */
  send(change: PushedChange, options?: DeliveryOptions): Promise<Delivery>
  /** Pushes any event, its fields as given. */
  sendEvent(event: PushEvent, options?: DeliveryOptions): Promise<Delivery>
}

export function createPushSender(state: () => SandboxState, app: () => WeChatApp): PushSender {
  function sealing(): PushContext {
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
    const by = sealing()
    return deliver(by.setup.url, sealEvent(event, openId, by), options)
  }

  return {
    configure(setup) {
      app().push = parseInput(PushSetup, setup, 'the push setup')
    },
    async verify(options) {
      const by = sealing()
      const echostr = by.ids.unique(DIGITS, 19, 'echostr', by.appId)
      return verifyUrl(by.setup.url, { ...signQuery(by), echostr }, options)
    },
    async send({ event, person, revokeInfo }, options) {
      const { people, ids } = state()
      const { appId, now } = sealing()
      const openId = person === undefined ? undefined : people.openId(app(), people.get(person))
      const facts = {
        event,
        toUserName: `gh_${ids.stable(HEX, 12, 'gh', appId)}`,
        fromUserName: `o${ids.stable(URL_SAFE, 27, 'push-service', appId)}`,
        createTime: now,
        appId,
        openId,
        revokeInfo: event === 'user_authorization_revoke' ? (revokeInfo ?? '8') : revokeInfo,
      }
      return sendSealed(createEvent(facts), openId, options)
    },
    async sendEvent(event, options) {
      return sendSealed(event, undefined, options)
    },
  }
}
