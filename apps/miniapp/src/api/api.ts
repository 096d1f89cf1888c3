import type { AppRouter, LoginInput, LoginOutput, Member } from '@kinpass/contracts'
import { type TaroRequest, taroLink } from '@kinpass/trpc-taro'
import { createTRPCClient } from '@trpc/client'

/** The calls that the screens make. */
export interface Api {
  readonly login: (input: LoginInput, signal: AbortSignal) => Promise<LoginOutput>
  readonly me: () => Promise<Member>
}

export interface ApiParts {
  /** Origin of the API, without a slash at the end. */
  readonly url: string
  readonly request: TaroRequest
  readonly installationId: string
  readonly token: () => string | undefined
}

export function createApi({ url, request, installationId, token }: ApiParts): Api {
  function headers(): Record<string, string> {
    const known = token()
    return {
      'x-installation-id': installationId,
      ...(known === undefined ? {} : { authorization: `Bearer ${known}` }),
    }
  }
  const client = createTRPCClient<AppRouter>({
    links: [taroLink<AppRouter>({ url: `${url}/trpc`, request, headers, timeoutMs: 15_000 })],
  })
  return {
    login: (input, signal) => client.login.mutate(input, { signal }),
    me: () => client.me.query(),
  }
}
