import { createAppRouter, type Handlers } from '@kinpass/contracts'
import { createMe } from './account/me.ts'
import { createLogin } from './login/login.ts'
import { createCurrentMember } from './session/current-member.ts'

type Parts = Parameters<typeof createLogin>[0]

/** Binds the deeds to the contract. */
export function createRouter(parts: Parts) {
  const currentMember = createCurrentMember(parts)
  const handlers: Handlers = {
    login: createLogin(parts),
    me: createMe(currentMember),
  }
  return createAppRouter(handlers)
}
