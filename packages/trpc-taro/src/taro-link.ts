import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { buildRequest } from './build-request.ts'
import { parseTrpcResponse } from './parse-response.ts'
import { sendRequest } from './send-request.ts'
import type { TaroResponse, TaroRequest } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

export interface TaroLinkOptions {
  /** Where the router is mounted, `https://api.example.com/trpc`; a query string is kept. */
  readonly url: string
  /** `Taro.request`. */
  readonly request: TaroRequest
  /** Asked before each call. What it throws becomes the `cause` of the call's error. */
  readonly headers?: (op: Operation) => Record<string, string> | Promise<Record<string, string>>
  /** Milliseconds until a call fails with `timeout`, 15,000 by default; a call's `context: { timeoutMs }` overrules it. */
  readonly timeoutMs?: number
}

/**
 * The last link of a tRPC client in a mini-program: one call is one `Taro.request`, never a batch.
 *
 * Queries go as GET with the input in the query string, mutations as POST with a JSON body. A call that brings no
 * answer of the API fails with a `TRPCClientError` whose `cause` is a {@link TransportError}. The platform's answer
 * (`statusCode`, `header`) is in the error's `meta.response`. Not carried: subscriptions, data transformers, FormData,
 * binary input.
 */
export function taroLink<TRouter extends AnyTRPCRouter>(options: TaroLinkOptions): TRPCLink<TRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        let isUnsubscribed = false
        let cancel = () => {}

        function fail(reason: Error, response?: TaroResponse) {
          observer.error(TRPCClientError.from<TRouter>(reason, response && { meta: { response } }))
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
          cancel = sendRequest(options.request, buildRequest(op, headers, options), {
            onResponse: onResponse,
            onError: fail,
          })
        }
        function abort() {
          fail(new TransportError('aborted'))
        }

        if (op.signal?.aborted) abort()
        else {
          op.signal?.addEventListener('abort', abort)
          send().catch(fail)
        }
        return () => {
          isUnsubscribed = true
          op.signal?.removeEventListener('abort', abort)
          cancel()
        }
      })
}
