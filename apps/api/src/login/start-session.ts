import { randomBytes, randomUUID } from 'node:crypto'
import type { KeyRing } from '../keys/key-ring.ts'
import type { StoredMember } from '../members/member-store.ts'
import type { ClientInfo } from '../request/client-info.ts'
import type { SessionPolicy } from '../sessions/session-policy.ts'
import type { SessionWithMember } from '../sessions/session-store.ts'
import type { Stores } from '../stores/stores.ts'
import type { RefreshTokenCodec } from '../tokens/refresh-token.ts'
import type { IdempotencyKeys } from './idempotent-login.ts'

/** Writes the session of a login code and its audit event. Returns undefined if the code has a session already. */
export type StartSession = (
  stores: Pick<Stores, 'sessions' | 'audit'>,
  login: {
    kind: 'login' | 'resume'
    member: StoredMember
    /** Whether this login created the member. */
    isNew: boolean
    keys: IdempotencyKeys
    clientInfo: ClientInfo
  },
) => Promise<SessionWithMember | undefined>

export function createStartSession(deps: {
  keyRing: KeyRing
  refreshTokens: RefreshTokenCodec
  policy: Pick<SessionPolicy, 'absoluteSeconds'>
  clock: () => Date
}): StartSession {
  const { keyRing, refreshTokens, policy, clock } = deps

  return async ({ sessions, audit }, { kind, member, isNew, keys, clientInfo }) => {
    const id = randomUUID()
    const salt = randomBytes(32).toString('base64url')
    const keyId = keyRing.currentId
    const startedAt = clock()
    const session = {
      id,
      memberId: member.id,
      repeatKey: keys.repeatDigests[0],
      isFirst: isNew,
      installationHash: clientInfo.installation[0],
      deviceName: clientInfo.deviceName,
      salt,
      keyId,
      refreshHash: refreshTokens.hash(refreshTokens.create({ id, generation: 0, salt, keyId })),
      startedAt,
      expiresAt: new Date(startedAt.getTime() + policy.absoluteSeconds * 1000),
    }
    if (!(await sessions.start({ ...session, loginKey: keys.loginDigests[0] }))) return undefined
    const { addressHash, requestId } = clientInfo
    await audit.record({ kind, at: startedAt, memberId: member.id, sessionId: id, addressHash, requestId })
    const initialState = {
      generation: 0,
      rotatedAt: startedAt,
      lastUsedAt: startedAt,
      endedAt: null,
      endReason: null,
    }
    return { session: { ...session, ...initialState }, member }
  }
}
