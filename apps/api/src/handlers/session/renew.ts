import { Failure, type Handlers, type TokenPair } from '@kinpass/contracts'
import type { AuditKind } from '../../audit/audit-log.ts'
import { Refused } from '../../audit/audit-subject.ts'
import type { Caller, IdentifyCaller } from '../../request/client-info.ts'
import { refuseOver, type SessionLife } from '../../sessions/session-policy.ts'
import type { SessionOfMember } from '../../sessions/session-store.ts'
import type { RecordStore } from '../../stores/stores.ts'
import type { RefreshTokens } from '../../tokens/refresh-token.ts'
import type { MakeTokenPair } from '../../tokens/token-pair.ts'

/**
 * `session.renew`: trades a refresh token for the next pair.
 *
 * The token of the generation before still gets the current pair for a short grace, from the same installation: its
 * answer was lost, or two renewals went out at once. Any other old token is a replay and ends the session.
 */
export function createRenew(parts: {
  records: RecordStore
  refreshTokens: RefreshTokens
  makeTokenPair: MakeTokenPair
  identifyCaller: IdentifyCaller
  currentKeyId: string
  life: SessionLife
  clock: () => Date
}): Handlers['session']['renew'] {
  const { records, refreshTokens, makeTokenPair, identifyCaller, currentKeyId, life, clock } = parts

  return async ({ refreshToken }, context) => {
    const caller = identifyCaller(context)
    const token = refreshTokens.read(refreshToken)
    const found = token && (await records.sessions.byId(token.sessionId))
    if (!found || !refreshTokens.isGenuine(token, found.session)) throw new Failure('REFRESH_TOKEN_INVALID')
    refuseOver(found, life, clock())

    if (token.generation === found.session.generation) {
      if (found.session.refreshHash !== refreshTokens.hash(refreshToken))
        throw new Failure('REFRESH_TOKEN_INVALID')
      await rotate(found, caller)
    }
    return await answer(token.sessionId, token.generation, caller)
  }

  /** Does nothing when a parallel renewal was first: then that one's tokens are the answer. */
  async function rotate({ session, member }: SessionOfMember, caller: Caller): Promise<void> {
    const generation = session.generation + 1
    const next = refreshTokens.make({ ...session, generation, keyId: currentKeyId })
    await records.transaction(async ({ sessions, audit }) => {
      const rotated = await sessions.rotate({
        id: session.id,
        fromGeneration: session.generation,
        refreshHash: refreshTokens.hash(next),
        keyId: currentKeyId,
        installationHash: caller.installation[0],
        at: clock(),
      })
      if (rotated) await audit.record(event('renew', { session, member }, caller))
    })
  }

  async function answer(sessionId: string, shown: number, caller: Caller): Promise<TokenPair> {
    const found = await records.sessions.byId(sessionId)
    if (!found) throw new Failure('SESSION_ENDED')
    refuseOver(found, life, clock())
    const { session } = found
    const isInGrace =
      shown === session.generation - 1 &&
      caller.installation.includes(session.installationHash) &&
      clock().getTime() - session.rotatedAt.getTime() <= life.graceSeconds * 1000
    if (!isInGrace) await endAfterReplay(found, caller)
    return await makeTokenPair(found)
  }

  async function endAfterReplay(found: SessionOfMember, caller: Caller): Promise<never> {
    await records.transaction(async ({ sessions, audit }) => {
      const { id, memberId } = found.session
      const ended = await sessions.end({ id, memberId, reason: 'replay', at: clock() })
      if (ended) await audit.record(event('replay', found, caller))
    })
    const { session, member } = found
    throw new Failure('SESSION_ENDED', { cause: new Refused(member.id, session.id) })
  }

  function event(kind: AuditKind, { session, member }: SessionOfMember, caller: Caller) {
    const { addressHash, requestId } = caller
    return { kind, at: clock(), memberId: member.id, sessionId: session.id, addressHash, requestId }
  }
}
