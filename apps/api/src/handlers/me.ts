import { toMember } from '../members/to-member.ts'
import type { AppHandlers } from './app-handlers.ts'

/** `me`: returns the member as stored at the time of the call. */
export function createMeHandler(): AppHandlers['me'] {
  return async ({ ctx }) => toMember(ctx.auth.member)
}
