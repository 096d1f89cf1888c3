import type { Operation } from '@trpc/client'
import type { TaroRequestOptions } from './taro-request.ts'

/** The options of one request, without the callbacks and the format of the response. */
export type HttpRequest = Pick<TaroRequestOptions, 'url' | 'method' | 'header' | 'data' | 'timeout'>

const DEFAULT_TIMEOUT_MS = 15_000

/**
 * Builds the request of a call as tRPC's HTTP specification defines it: https://trpc.io/docs/rpc
 *
 * @throws {TypeError} for a subscription, and for an input that cannot be serialized as JSON
 */
export function buildRequest(
  { path, type, input, context }: Operation,
  headers: Record<string, string>,
  { url, timeoutMs = DEFAULT_TIMEOUT_MS }: { readonly url: string; readonly timeoutMs?: number | undefined },
): HttpRequest {
  if (type === 'subscription')
    throw new TypeError(`${path} is a subscription: taroLink supports queries and mutations only`)
  const json = input === undefined ? undefined : JSON.stringify(input)
  const timeout = typeof context.timeoutMs === 'number' ? context.timeoutMs : timeoutMs
  return type === 'query'
    ? { url: buildUrl(url, path, json), method: 'GET', header: headers, timeout }
    : {
        url: buildUrl(url, path),
        method: 'POST',
        header: { 'content-type': 'application/json', ...headers },
        timeout,
        ...(json !== undefined && { data: json }),
      }
}

function buildUrl(url: string, path: string, input?: string): string {
  const [base = '', ...query] = url.split(/\?(.*)/, 2)
  if (input !== undefined) query.push(`input=${encodeURIComponent(input)}`)
  return [`${base.replace(/\/$/, '')}/${path}`, query.filter(Boolean).join('&')].filter(Boolean).join('?')
}
