export type { LoginSession } from './endpoints/jscode2session.ts'
export { type Errcode, errcodes, explainErrcode } from './errcodes.ts'
export {
  type UnreachableReason,
  type UnreadableReason,
  WeChatRefused,
  WeChatUnreachable,
  WeChatUnreadable,
} from './errors.ts'
export type { WeChatEvent } from './events.ts'
export { type CodeKind, explainCode } from './explain-code.ts'
export type { KeyValue, Life } from './key-value.ts'
export { createMemoryKeyValue } from './memory-key-value.ts'
export type { TappedPhone } from './phone-payload.ts'
export { type Endpoint, type RetryRule, retryTable } from './retry-table.ts'
export { createWeChat, type WeChat, type WeChatOptions } from './wechat.ts'
