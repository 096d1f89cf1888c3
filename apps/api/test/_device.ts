import type { AppRouter } from '@kinpass/contracts'
import type { Person } from '@kinpass/wechat-sandbox'
import { createTRPCClient, httpLink } from '@trpc/client'

/** A phone with the mini-program installed. Holds no tokens: a test passes the token to send. */
export interface TestDevice {
  /** Calls without a token. */
  readonly calls: Client
  with(token: string): Client
  /** Logs a person in with two fresh codes. */
  login(person: Person): Promise<LoginOutput>
}

type Client = ReturnType<typeof createTRPCClient<AppRouter>>
type LoginOutput = Awaited<ReturnType<Client['login']['mutate']>>

/** Creates a client with an installation id and, optionally, a device name. */
export function device(
  api: { readonly url: string },
  installationId: string,
  deviceName?: string,
): TestDevice {
  const createClient = (authorization?: string) =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${api.url}/trpc`,
          headers: {
            'x-installation-id': installationId,
            ...(authorization !== undefined && { authorization }),
            ...(deviceName !== undefined && { 'x-device-name': encodeURIComponent(deviceName) }),
          },
        }),
      ],
    })
  const calls = createClient()
  return {
    calls,
    with: createClient,
    login: (person) => calls.login.mutate(codesOf(person)),
  }
}

/** A fresh login code and a fresh phone code of a person. */
export function codesOf(person: Person): { code: string; phoneCode: string } {
  return { code: person.tapsLogin(), phoneCode: person.allowsPhone() }
}
