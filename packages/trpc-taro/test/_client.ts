import { createTRPCClient, type TRPCClient, TRPCClientError } from '@trpc/client'
import { type TaroLinkOptions, taroLink } from '../src/index.ts'
import type { TestRouter } from './_server.ts'
import { taroRequest } from './_wx-request.ts'

/** Creates a typed client of the test's server. */
export function createTestClient(
  url: string,
  options: Partial<TaroLinkOptions> = {},
): TRPCClient<TestRouter> {
  return createTRPCClient<TestRouter>({ links: [taroLink({ url, request: taroRequest, ...options })] })
}

/** Returns the error that a call rejects with. */
export async function catchClientError(call: Promise<unknown>): Promise<TRPCClientError<TestRouter>> {
  const outcome = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error,
  )
  if (outcome instanceof TRPCClientError) return outcome
  throw outcome
}
