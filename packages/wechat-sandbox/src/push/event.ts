/** The fields of a push, in WeChat's order and spelling. */
export type PushEvent = Readonly<Record<string, string | number>>

/** The events of the official page on changes of a user's authorization. */
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
  /** Undefined for the user_info_modified events that are reported without one. */
  readonly openId: string | undefined
  /** `8` is the phone number, `6` nickname and avatar. */
  readonly revokeInfo: string | undefined
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/event_push/platform/authorized_user_information_changes.md */
export function createEvent(fields: EventFields): PushEvent {
  return {
    ToUserName: fields.toUserName,
    FromUserName: fields.fromUserName,
    CreateTime: fields.createTime,
    MsgType: 'event',
    Event: fields.event,
    ...(fields.openId === undefined ? {} : { OpenID: fields.openId }),
    AppID: fields.appId,
    ...(fields.revokeInfo === undefined ? {} : { RevokeInfo: fields.revokeInfo }),
  }
}

/** `<xml>` with texts in CDATA and plain numbers. */
export function toXml(event: PushEvent): string {
  const fields = Object.entries(event).map(([name, value]) => `<${name}>${toXmlText(value)}</${name}>`)
  return ['<xml>', ...fields, '</xml>'].join('\n')
}

export function toJson(event: PushEvent): string {
  return JSON.stringify(event)
}

/** Invalid JSON like the official sample's: three keys start with a space, a comma precedes the last brace. */
export function toSloppyJson(event: PushEvent): string {
  const fields = Object.entries(event).map(([name, value]) => {
    const key = KEYS_WITH_SPACE.has(name) ? ` ${name}` : name
    return `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`
  })
  return `{\n${fields.join('')}}`
}

const KEYS_WITH_SPACE = new Set(['OpenID', 'AppID', 'RevokeInfo'])

function toXmlText(value: string | number): string {
  if (typeof value === 'number') return String(value)
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
