import type { AppRouter, LoginOutput, Member } from '@kinpass/contracts'
import type { Person } from '@kinpass/wechat-sandbox'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { World } from '../../src/world/world.ts'

function callApi({ apiUrl }: World, token = '') {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${apiUrl}/trpc`, headers: { authorization: token } })],
  })
}

/** Whom the API knows by this token. */
export async function readMember(world: World, token: string | undefined): Promise<Member> {
  return await callApi(world, token).me.query()
}

/** The same person on another telephone: `isNew` tells whether anybody logged in before. Costs a charged tap. */
export async function logInElsewhere(world: World, person: Person): Promise<LoginOutput> {
  return await callApi(world).login.mutate({ code: person.tapsLogin(), phoneCode: person.allowsPhone() })
}

/** Counts the taps on WeChat's phone button that cost money, from here on. */
export function countCharges({ wechat }: World): () => number {
  const before = wechat.console().charges.phoneTaps
  return () => wechat.console().charges.phoneTaps - before
}
