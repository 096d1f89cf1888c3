import { randomBytes, randomUUID } from 'node:crypto'
import type { DataKeys } from '../keys/data-keys.ts'
import type { StoredMember } from '../members/members.ts'
import type { Records } from '../records.ts'
import type { Caller } from './caller.ts'
import type { LoginKeys } from './login-keys.ts'
import type { RefreshTokens } from './refresh-token.ts'
import type { SessionOfMember } from './sessions.ts'

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
