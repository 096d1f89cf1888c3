import type { EndSessions } from '../../stores/end-sessions.ts'
import type { AppHandlers } from '../app-handlers.ts'

/** `session.revoke`: ends one session of the member. An unknown id gets the same response as a known one. */
export function createSessionRevokeHandler(deps: {
  endSessions: EndSessions
}): AppHandlers['session']['revoke'] {
  return async ({ input: { id }, ctx }) => {
    await deps.endSessions(ctx, 'revoke', async (sessions, at) => {
      const memberId = ctx.auth.member.id
      return (await sessions.end({ id, memberId, reason: 'revoked', at })) ? id : undefined
    })
    return {}
  }
}
