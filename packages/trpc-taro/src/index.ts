export type { TaroLinkOptions } from './taro-link.ts'
export { taroLink } from './taro-link.ts'
export type {
  TaroAnswer,
  TaroRequest,
  TaroRequestFailure,
  TaroRequestOptions,
  TaroRequestTask,
} from './taro-request.ts'
export type { TransportFacts, TransportFailure } from './transport-error.ts'
export { TransportError, transportFailureOf } from './transport-error.ts'
