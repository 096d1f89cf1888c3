import { createTRPCClient, type TRPCClient, TRPCClientError } from '@trpc/client'
import { type TaroLinkOptions, taroLink } from '../src/index.ts'
import type { Api } from './_api.ts'
import { taroRequest } from './_wx-request.ts'

/** A typed client of the test's API. */
export function clientFor(url: string, options: Partial<TaroLinkOptions> = {}): TRPCClient<Api> {
  return createTRPCClient<Api>({ links: [taroLink({ url, request: taroRequest, ...options })] })
}

/** The error that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<TRPCClientError<Api>> {
  const outcome = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error,
  )
  if (outcome instanceof TRPCClientError) return outcome
  throw outcome
}
