import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { sendRequest } from './send-request.ts'
import type { TaroRequest, TaroResponse } from './taro-request.ts'
import { TransportError } from './transport-error.ts'
import { buildRequest, parseTrpcResponse } from './trpc-http.ts'

export interface TaroLinkOptions {
  /** Where the router is mounted, `https://api.example.com/trpc`. A query string is kept. */
  readonly url: string
  /** `Taro.request`. */
  readonly request: TaroRequest
  /** Called before each call. What it throws becomes the `cause` of the call's error. */
  readonly headers?: (op: Operation) => Record<string, string> | Promise<Record<string, string>>
  /** Time until a call fails with `timeout`. Default: 15,000. A call overrides it with `context: { timeoutMs }`. */
  readonly timeoutMs?: number
}

/**
 * A terminating tRPC link for mini-programs: each call is one `Taro.request`, without batching.
 *
 * Queries are sent as GET with the input in the query string, mutations as POST with a JSON body. A call without a response
 * of the API fails with a `TRPCClientError` whose `cause` is a {@link TransportError}. The platform's response
 * (`statusCode`, `header`) is in the error's `meta.response`. Not supported: subscriptions, data transformers, FormData,
 * binary input.
 *
 * @example
 * createTRPCClient<AppRouter>({ links: [taroLink({ url: 'https://api.example.com/trpc', request: Taro.request })] })
 */
export function taroLink<TRouter extends AnyTRPCRouter>(options: TaroLinkOptions): TRPCLink<TRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        let isUnsubscribed = false
        let cancel = () => {}

        function onError(error: Error, response?: TaroResponse) {
          observer.error(TRPCClientError.from<TRouter>(error, response && { meta: { response } }))
        }
        function onResponse(response: TaroResponse) {
          const envelope = parseTrpcResponse(response)
          if ('error' in envelope) {
            observer.error(TRPCClientError.from<TRouter>(envelope, { meta: { response } }))
            return
          }
          observer.next({ result: envelope.result, context: { response } })
          observer.complete()
        }
        async function send() {
          const headers = (await options.headers?.(op)) ?? {}
          if (isUnsubscribed) return
          cancel = sendRequest(options.request, buildRequest(op, headers, options), { onResponse, onError })
        }
        function onAbort() {
          onError(new TransportError('aborted'))
        }

        if (op.signal?.aborted) onAbort()
        else {
          op.signal?.addEventListener('abort', onAbort)
          send().catch(onError)
        }
        return () => {
          isUnsubscribed = true
          op.signal?.removeEventListener('abort', onAbort)
          cancel()
        }
      })
}
