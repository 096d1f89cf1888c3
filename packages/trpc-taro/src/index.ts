export type { TaroLinkOptions } from './taro-link.ts'
export { taroLink } from './taro-link.ts'
export type {
  TaroRequest,
  TaroRequestFailure,
  TaroRequestOptions,
  TaroRequestTask,
  TaroResponse,
} from './taro-request.ts'
export type { TransportErrorCode, TransportErrorDetails } from './transport-error.ts'
export { TransportError, toTransportErrorCode } from './transport-error.ts'
