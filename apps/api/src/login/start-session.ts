import { randomBytes, randomUUID } from 'node:crypto'
import type { DataKeys } from '../keys/key-ring.ts'
import type { StoredMember } from '../members/member-store.ts'
import type { Caller } from '../request/client-info.ts'
import type { SessionOfMember } from '../sessions/session-store.ts'
import type { Records } from '../stores/stores.ts'
import type { RefreshTokens } from '../tokens/refresh-token.ts'
import type { LoginKeys } from './login-keys.ts'

/** Begins the one session of a login code and writes it down; undefined when the code has begun one already. */
export type BeginSession = (
  records: Pick<Records, 'sessions' | 'audit'>,
  start: {
    kind: 'login' | 'resume'
    member: StoredMember
    isFirst: boolean
    login: LoginKeys
    caller: Caller
  },
) => Promise<SessionOfMember | undefined>

export function createBeginSession(parts: {
  dataKeys: DataKeys
  refreshTokens: RefreshTokens
  absoluteLifetimeSeconds: number
  clock: () => Date
}): BeginSession {
  const { dataKeys, refreshTokens, absoluteLifetimeSeconds, clock } = parts

  return async ({ sessions, audit }, { kind, member, isFirst, login, caller }) => {
    const id = randomUUID()
    const salt = randomBytes(32).toString('base64url')
    const keyId = dataKeys.currentId
    const startedAt = clock()
    const session = {
      id,
      memberId: member.id,
      repeatKey: login.repeatKeys[0],
      isFirst,
      installationHash: caller.installation[0],
      deviceName: caller.deviceName,
      salt,
      keyId,
      refreshHash: refreshTokens.hash(refreshTokens.make({ id, generation: 0, salt, keyId })),
      startedAt,
      expiresAt: new Date(startedAt.getTime() + absoluteLifetimeSeconds * 1000),
    }
    if (!(await sessions.begin({ ...session, loginKey: login.loginKeys[0] }))) return undefined
    const { addressHash, requestId } = caller
    await audit.record({ kind, at: startedAt, memberId: member.id, sessionId: id, addressHash, requestId })
    const unused = {
      generation: 0,
      rotatedAt: startedAt,
      lastUsedAt: startedAt,
      endedAt: null,
      endReason: null,
    }
    return { session: { ...session, ...unused }, member }
  }
}
