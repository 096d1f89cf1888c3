import type { Handlers } from '@kinpass/contracts'
import type { AuditKind } from '../audit/audit.ts'
import type { RecordStore, Records } from '../records.ts'
import type { IdentifyCaller } from './caller.ts'
import type { CurrentSession } from './current-session.ts'
import type { SessionOfMember } from './sessions.ts'

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

  /** Ends sessions of the caller and writes it down in the same transaction. */
  async function end(
    context: Context,
    kind: AuditKind,
    work: (
      records: Records,
      caller: SessionOfMember,
      at: Date,
    ) => Promise<{ sessionId?: string } | undefined>,
  ) {
    const current = await currentSession(context.authorization)
    const { addressHash, requestId } = identifyCaller(context)
    await records.transaction(async (tx) => {
      const at = clock()
      const ended = await work(tx, current, at)
      if (ended)
        await tx.audit.record({ kind, at, memberId: current.member.id, ...ended, addressHash, requestId })
    })
    return {}
  }

  return {
    // The answer is the same whether the session was there, was another's, or never was.
    revoke: ({ id }, context) =>
      end(context, 'revoke', async ({ sessions }, { member }, at) => {
        const ended = await sessions.end({ id, memberId: member.id, reason: 'revoked', at })
        return ended ? { sessionId: id } : undefined
      }),

    logout: (context) =>
      end(context, 'logout', async ({ sessions }, { session, member }, at) => {
        const ended = await sessions.end({ id: session.id, memberId: member.id, reason: 'logout', at })
        return ended ? { sessionId: session.id } : undefined
      }),

    logoutEverywhere: (context) =>
      end(context, 'logout-everywhere', async ({ sessions }, { member }, at) => {
        await sessions.endAll({ memberId: member.id, reason: 'logout-everywhere', at })
        return {}
      }),
  }
}
