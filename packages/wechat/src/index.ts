export { type ForcedRefresh, ForceRefreshRejectedError } from './access-token/force-refresh.ts'
export type { LoginSession } from './endpoints/jscode2session.ts'
export type { TextToCheck, TextVerdict } from './endpoints/msg-sec-check.ts'
export type { StableToken } from './endpoints/stable-token.ts'
export { type ErrcodeInfo, errcodes, explainErrcode } from './errors/errcodes.ts'
export {
  type ResponseErrorReason,
  type UnreachableReason,
  WeChatApiError,
  WeChatResponseError,
  WeChatUnreachableError,
} from './errors/errors.ts'
export type { KeyValue, Ttl } from './key-value/key-value.ts'
export { createMemoryKeyValue } from './key-value/memory.ts'
export { type DecryptedData, decrypt, type EncryptedData } from './payload/decrypt.ts'
export type { PhoneInfo } from './payload/phone-payload.ts'
export type { Profile } from './payload/profile-payload.ts'
export { sessionSignature } from './payload/session-signature.ts'
export { type SignedData, verifySignature } from './payload/verify-signature.ts'
export type { WatermarkRule } from './payload/watermark.ts'
export type { WeChatEvent } from './protocol/events.ts'
export { type CodeKind, explainCode } from './protocol/explain-code.ts'
export { type Endpoint, type RetryRule, retryTable } from './protocol/retry-table.ts'
export {
  type ParsedPush,
  type PushKeys,
  type PushMessage,
  type PushRequest,
  parsePush,
} from './push/parse-push.ts'
export { type RevokedPermission, revokeInfo } from './push/revoke-info.ts'
export { createWeChat, type UserSession, type WeChat, type WeChatOptions } from './wechat.ts'
