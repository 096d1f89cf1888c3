/** What stands in a push, in WeChat's order and spelling. */
export type PushEvent = Readonly<Record<string, string | number>>

/** What an event tells about; see the official table of RevokeInfo for the numbers. */
export type AuthorizationChange =
  | 'user_info_modified'
  | 'user_authorization_revoke'
  | 'user_authorization_cancellation'

export interface EventFields {
  readonly event: AuthorizationChange
  readonly toUserName: string
  readonly fromUserName: string
  /** Unix seconds. */
  readonly createTime: number
  readonly appId: string
  /** Left out of some user_info_modified events, as reported. */
  readonly openId: string | undefined
  /** `8` is the phone number, `6` nickname and avatar. */
  readonly revokeInfo: string | undefined
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/event_push/platform/authorized_user_information_changes.md */
export function createEvent(facts: EventFields): PushEvent {
  return {
    ToUserName: facts.toUserName,
    FromUserName: facts.fromUserName,
    CreateTime: facts.createTime,
    MsgType: 'event',
    Event: facts.event,
    ...(facts.openId === undefined ? {} : { OpenID: facts.openId }),
    AppID: facts.appId,
    ...(facts.revokeInfo === undefined ? {} : { RevokeInfo: facts.revokeInfo }),
  }
}
