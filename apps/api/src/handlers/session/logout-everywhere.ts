import type { EndSessions } from '../../stores/end-sessions.ts'
import type { AppHandlers } from '../app-handlers.ts'

/** `session.logoutEverywhere`: ends every session of the member. */
export function createSessionLogoutEverywhereHandler(deps: {
  endSessions: EndSessions
}): AppHandlers['session']['logoutEverywhere'] {
  return async ({ ctx }) => {
    await deps.endSessions(ctx, 'logout-everywhere', async (sessions, at) => {
      const { id, memberId } = ctx.auth.session
      return (await sessions.endAll({ memberId, reason: 'logout-everywhere', at })) > 0 ? id : undefined
    })
    return {}
  }
}
