import type { Handlers } from '@kinpass/contracts'
import type { SessionLife } from '../../sessions/session-policy.ts'
import type { Sessions } from '../../sessions/session-store.ts'
import type { CurrentSession } from '../../tokens/authenticate.ts'

/** `session.list`: where the member is logged in, the session that asks marked. */
export function createList(parts: {
  sessions: Sessions
  currentSession: CurrentSession
  life: SessionLife
  clock: () => Date
}): Handlers['session']['list'] {
  const { sessions, currentSession, life, clock } = parts

  return async ({ authorization }) => {
    const { session: current, member } = await currentSession(authorization)
    const at = clock()
    const idleSince = new Date(at.getTime() - life.idleSeconds * 1000)
    const live = await sessions.liveOf(member.id, { at, idleSince })
    return {
      sessions: live.map(({ id, deviceName, startedAt, lastUsedAt }) => ({
        id,
        deviceName,
        startedAt: startedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        isCurrent: id === current.id,
      })),
    }
  }
}
