import type { Handlers } from '@kinpass/contracts'
import type { CurrentSession } from '../session/current-session.ts'
import { presentMember } from './present-member.ts'

/** `me`: who is there, read from the database at each call. */
export function createMe(currentSession: CurrentSession): Handlers['me'] {
  return async ({ authorization }) => presentMember((await currentSession(authorization)).member)
}
