import type { AppRouter, LoginOutput, Member } from '@kinpass/contracts'
import type { Person } from '@kinpass/wechat-sandbox'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import type { World } from '../src/world/world.ts'

/** Returns a tRPC client. `baseUrl` is the API or a proxy of it. */
export function callApi(baseUrl: string, token = ''): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${baseUrl}/trpc`, headers: { authorization: token } })],
  })
}

/** Returns the member of an access token. */
export async function readMember({ apiUrl }: World, token: string | undefined): Promise<Member> {
  return await callApi(apiUrl, token).me.query()
}

/** Logs a person in without an app, as on another device. Costs one phone charge. */
export async function logInViaApi({ apiUrl }: World, person: Person): Promise<LoginOutput> {
  return await callApi(apiUrl).login.mutate({ code: person.tapsLogin(), phoneCode: person.allowsPhone() })
}

/** Returns a function that counts the phone charges of WeChat since this call. */
export function countCharges({ wechat }: World): () => number {
  const before = wechat.console().charges.phoneTaps
  return () => wechat.console().charges.phoneTaps - before
}
