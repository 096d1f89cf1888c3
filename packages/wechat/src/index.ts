export { type Decrypted, decrypt, type Encrypted } from './decrypt.ts'
export type { LoginSession } from './endpoints/jscode2session.ts'
export type { TextToCheck, TextVerdict } from './endpoints/msg-sec-check.ts'
export type { StableToken } from './endpoints/stable-token.ts'
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
export { type ForcedRefresh, ForceRefreshHeld } from './force-refresh.ts'
export type { KeyValue, Life } from './key-value.ts'
export { createMemoryKeyValue } from './memory-key-value.ts'
export type { TappedPhone } from './phone-payload.ts'
export type { Profile } from './profile-payload.ts'
export { type Push, type PushKeys, type PushMessage, type PushRequest, parsePush } from './push/parse-push.ts'
export { type Revoked, revokeInfo } from './push/revoke-info.ts'
export { type Endpoint, type RetryRule, retryTable } from './retry-table.ts'
export { sessionSignature } from './session-signature.ts'
export { type SignedData, verifySignature } from './verify-signature.ts'
export type { WatermarkRule } from './watermark.ts'
export { createWeChat, type Session, type WeChat, type WeChatOptions } from './wechat.ts'
