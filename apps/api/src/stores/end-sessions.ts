import type { HandlerContext } from '@kinpass/contracts'
import type { AuditKind } from '../audit/audit-log.ts'
import type { ReadClientInfo } from '../request/client-info.ts'
import type { SessionStore, SessionWithMember } from '../sessions/session-store.ts'
import type { StoresWithTransaction } from './stores.ts'

/**
 * Ends sessions of the current member and records the audit event, in one transaction.
 *
 * `end` returns the id of the session that the event names, or undefined when no session ended: then no event is
 * written. The end takes effect on every instance with the next call.
 */
export type EndSessions = (
  ctx: HandlerContext & { auth: SessionWithMember },
  kind: AuditKind,
  end: (sessions: SessionStore, at: Date) => Promise<string | undefined>,
) => Promise<void>

export function createEndSessions(deps: {
  stores: StoresWithTransaction
  readClientInfo: ReadClientInfo
  clock: () => Date
}): EndSessions {
  const { stores, readClientInfo, clock } = deps

  return async (ctx, kind, end) => {
    const { addressHash, requestId } = readClientInfo(ctx)
    await stores.transaction(async ({ sessions, audit }) => {
      const at = clock()
      const sessionId = await end(sessions, at)
      if (sessionId === undefined) return
      await audit.record({ kind, at, memberId: ctx.auth.member.id, sessionId, addressHash, requestId })
    })
  }
}
