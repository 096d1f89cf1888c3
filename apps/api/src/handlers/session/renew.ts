import { Failure, type TokenPair } from '@kinpass/contracts'
import type { AuditKind } from '../../audit/audit-log.ts'
import { AuditSubject } from '../../audit/audit-subject.ts'
import type { KeyRing } from '../../keys/key-ring.ts'
import type { ClientInfo, ReadClientInfo } from '../../request/client-info.ts'
import { assertSessionActive, type SessionPolicy } from '../../sessions/session-policy.ts'
import type { SessionWithMember } from '../../sessions/session-store.ts'
import type { StoresWithTransaction } from '../../stores/stores.ts'
import type { IssueTokens } from '../../tokens/issue-tokens.ts'
import type { RefreshTokenCodec } from '../../tokens/refresh-token.ts'
import type { AppHandlers } from '../app-handlers.ts'

/**
 * `session.renew`: exchanges a refresh token for the next pair.
 *
 * The previous generation's token still gets the current pair during the grace period, from the same installation: its
 * response was lost, or two renewals ran in parallel. Any other old token is a replay and ends the session.
 */
export function createSessionRenewHandler(deps: {
  stores: StoresWithTransaction
  refreshTokens: RefreshTokenCodec
  issueTokens: IssueTokens
  readClientInfo: ReadClientInfo
  keyRing: Pick<KeyRing, 'currentId'>
  policy: SessionPolicy
  clock: () => Date
}): AppHandlers['session']['renew'] {
  const { stores, refreshTokens, issueTokens, readClientInfo, keyRing, policy, clock } = deps

  return async ({ input: { refreshToken }, ctx }) => {
    const clientInfo = readClientInfo(ctx)
    const token = refreshTokens.parse(refreshToken)
    const found = token && (await stores.sessions.byId(token.sessionId))
    if (!found || !refreshTokens.verify(token, found.session)) throw new Failure('REFRESH_TOKEN_INVALID')
    assertSessionActive(found, policy, clock())

    if (token.generation === found.session.generation) {
      if (found.session.refreshHash !== refreshTokens.hash(refreshToken))
        throw new Failure('REFRESH_TOKEN_INVALID')
      await rotate(found, clientInfo)
    }
    return await currentPair(token.sessionId, token.generation, clientInfo)
  }

  /** Writes nothing when a parallel renewal has rotated already: both return that generation's pair. */
  async function rotate({ session, member }: SessionWithMember, clientInfo: ClientInfo): Promise<void> {
    const keyId = keyRing.currentId
    const next = refreshTokens.create({ ...session, generation: session.generation + 1, keyId })
    await stores.transaction(async ({ sessions, audit }) => {
      const isRotated = await sessions.rotate({
        id: session.id,
        fromGeneration: session.generation,
        refreshHash: refreshTokens.hash(next),
        keyId,
        installationHash: clientInfo.installation[0],
        at: clock(),
      })
      if (isRotated) await audit.record(auditEvent('renew', { session, member }, clientInfo))
    })
  }

  async function currentPair(id: string, generation: number, clientInfo: ClientInfo): Promise<TokenPair> {
    const found = await stores.sessions.byId(id)
    if (!found) throw new Failure('SESSION_ENDED')
    assertSessionActive(found, policy, clock())
    const { session } = found
    const isInGrace =
      generation === session.generation - 1 &&
      clientInfo.installation.includes(session.installationHash) &&
      clock().getTime() - session.rotatedAt.getTime() <= policy.graceSeconds * 1000
    if (!isInGrace) await endAfterReplay(found, clientInfo)
    return await issueTokens(found)
  }

  async function endAfterReplay(found: SessionWithMember, clientInfo: ClientInfo): Promise<never> {
    const { id, memberId } = found.session
    await stores.transaction(async ({ sessions, audit }) => {
      const isEnded = await sessions.end({ id, memberId, reason: 'replay', at: clock() })
      if (isEnded) await audit.record(auditEvent('replay', found, clientInfo))
    })
    throw new Failure('SESSION_ENDED', { cause: new AuditSubject(memberId, id) })
  }

  function auditEvent(kind: AuditKind, { session, member }: SessionWithMember, clientInfo: ClientInfo) {
    const { addressHash, requestId } = clientInfo
    return { kind, at: clock(), memberId: member.id, sessionId: session.id, addressHash, requestId }
  }
}
