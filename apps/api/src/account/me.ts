import type { Handlers } from '@kinpass/contracts'
import type { CurrentMember } from '../session/current-member.ts'
import { presentMember } from './present-member.ts'

/** `me`: who is there, read from the database at each call. */
export function createMe(currentMember: CurrentMember): Handlers['me'] {
  return async ({ authorization }) => presentMember(await currentMember(authorization))
}
