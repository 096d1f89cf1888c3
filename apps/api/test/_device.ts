import type { AppRouter } from '@kinpass/contracts'
import type { Person } from '@kinpass/wechat-sandbox'
import { createTRPCClient, httpLink } from '@trpc/client'

/** A telephone with the mini-program installed. It keeps nothing: a test says which token it sends. */
export interface Device {
  /** Calls without a token. */
  readonly calls: Client
  with(token: string): Client
  /** Logs a person in with two fresh codes. */
  login(person: Person): Promise<Answer>
}

type Client = ReturnType<typeof createTRPCClient<AppRouter>>
type Answer = Awaited<ReturnType<Client['login']['mutate']>>

export function device(api: { readonly url: string }, installation: string, deviceName?: string): Device {
  const client = (authorization?: string) =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${api.url}/trpc`,
          headers: {
            'x-installation-id': installation,
            ...(authorization !== undefined && { authorization }),
            ...(deviceName !== undefined && { 'x-device-name': encodeURIComponent(deviceName) }),
          },
        }),
      ],
    })
  const calls = client()
  return {
    calls,
    with: client,
    login: (person) => calls.login.mutate(codesOf(person)),
  }
}

/** Two fresh codes of a person. */
export function codesOf(person: Person): { code: string; phoneCode: string } {
  return { code: person.tapsLogin(), phoneCode: person.allowsPhone() }
}
