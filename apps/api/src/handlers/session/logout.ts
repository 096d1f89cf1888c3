import type { EndSessions } from '../../stores/end-sessions.ts'
import type { AppHandlers } from '../app-handlers.ts'

/** `session.logout`: ends the session of the access token. */
export function createSessionLogoutHandler(deps: {
  endSessions: EndSessions
}): AppHandlers['session']['logout'] {
  return async ({ ctx }) => {
    await deps.endSessions(ctx, 'logout', async (sessions, at) => {
      const { id, memberId } = ctx.auth.session
      return (await sessions.end({ id, memberId, reason: 'logout', at })) ? id : undefined
    })
    return {}
  }
}
