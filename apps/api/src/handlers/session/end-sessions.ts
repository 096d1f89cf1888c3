import type { Handlers } from '@kinpass/contracts'
import type { AuditKind } from '../../audit/audit-log.ts'
import type { IdentifyCaller } from '../../request/client-info.ts'
import type { SessionOfMember } from '../../sessions/session-store.ts'
import type { RecordStore, Records } from '../../stores/stores.ts'
import type { CurrentSession } from '../../tokens/authenticate.ts'

type Ending = Pick<Handlers['session'], 'revoke' | 'logout' | 'logoutEverywhere'>

/** `session.revoke`, `session.logout`, `session.logoutEverywhere`: all act on every instance with the next request. */
export function createEndSessions(parts: {
  records: RecordStore
  currentSession: CurrentSession
  identifyCaller: IdentifyCaller
  clock: () => Date
}): Ending {
  const { records, currentSession, identifyCaller, clock } = parts
  type Context = Parameters<Ending['logout']>[0]

  /** Does the work and writes down the session it names, in one transaction; a work that ended nothing names none. */
  async function end(
    context: Context,
    kind: AuditKind,
    work: (records: Records, caller: SessionOfMember, at: Date) => Promise<string | undefined>,
  ) {
    const current = await currentSession(context.authorization)
    const { addressHash, requestId } = identifyCaller(context)
    await records.transaction(async (tx) => {
      const at = clock()
      const sessionId = await work(tx, current, at)
      if (sessionId === undefined) return
      await tx.audit.record({ kind, at, memberId: current.member.id, sessionId, addressHash, requestId })
    })
    return {}
  }

  return {
    // The answer is the same whether the session was there, was another's, or never was.
    revoke: ({ id }, context) =>
      end(context, 'revoke', async ({ sessions }, { member }, at) => {
        const ended = await sessions.end({ id, memberId: member.id, reason: 'revoked', at })
        return ended ? id : undefined
      }),

    logout: (context) =>
      end(context, 'logout', async ({ sessions }, { session, member }, at) => {
        const ended = await sessions.end({ id: session.id, memberId: member.id, reason: 'logout', at })
        return ended ? session.id : undefined
      }),

    logoutEverywhere: (context) =>
      end(context, 'logout-everywhere', async ({ sessions }, { session, member }, at) => {
        const ended = await sessions.endAll({ memberId: member.id, reason: 'logout-everywhere', at })
        return ended > 0 ? session.id : undefined
      }),
  }
}
