import type { SessionPolicy } from '../../sessions/session-policy.ts'
import type { SessionStore } from '../../sessions/session-store.ts'
import type { AppHandlers } from '../app-handlers.ts'

/** `session.list`: returns the member's active sessions, the current one marked. */
export function createSessionListHandler(deps: {
  sessions: Pick<SessionStore, 'listActive'>
  policy: SessionPolicy
  clock: () => Date
}): AppHandlers['session']['list'] {
  const { sessions, policy, clock } = deps

  return async ({ ctx }) => {
    const { session: current, member } = ctx.auth
    const at = clock()
    const idleSince = new Date(at.getTime() - policy.idleSeconds * 1000)
    const active = await sessions.listActive(member.id, { at, idleSince })
    return {
      sessions: active.map(({ id, deviceName, startedAt, lastUsedAt }) => ({
        id,
        deviceName,
        startedAt: startedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        isCurrent: id === current.id,
      })),
    }
  }
}
