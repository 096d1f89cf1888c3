import type { Handlers } from '@kinpass/contracts'
import { presentMember } from '../members/to-member.ts'
import type { CurrentSession } from '../tokens/authenticate.ts'

/** `me`: who is there, read from the database at each call. */
export function createMe(currentSession: CurrentSession): Handlers['me'] {
  return async ({ authorization }) => presentMember((await currentSession(authorization)).member)
}
