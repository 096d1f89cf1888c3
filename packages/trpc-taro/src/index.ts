export type { TaroLinkOptions } from './taro-link.ts'
export { taroLink } from './taro-link.ts'
export type {
  TaroResponse,
  TaroRequest,
  TaroRequestFailure,
  TaroRequestOptions,
  TaroRequestTask,
} from './taro-request.ts'
export type { TransportErrorDetails, TransportErrorCode } from './transport-error.ts'
export { TransportError, toTransportErrorCode } from './transport-error.ts'
