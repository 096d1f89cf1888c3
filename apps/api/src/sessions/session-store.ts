import type { Digests } from '../keys/key-ring.ts'
import type { StoredMember } from '../members/member-store.ts'

/** Why a session ended. Stored in `login_session.end_reason`. */
export type SessionEndReason = 'logout' | 'revoked' | 'logout-everywhere' | 'replay'

/** A row of `login_session`: one login on one device. The field names are those of the Prisma model. */
export interface StoredSession {
  /** UUID. */
  id: string
  memberId: bigint
  /** HMAC of the installation id that logged in or last renewed. */
  installationHash: string
  deviceName: string | null
  /** HMAC of everything that the same login sent again contains. */
  repeatKey: string
  /** Whether this login created the member. */
  isFirst: boolean
  /** How often the refresh token was rotated. */
  generation: number
  /** Hash of the current generation's refresh token. */
  refreshHash: string
  /** Random, base64url. Refresh tokens are derived from it and the data key `keyId`. */
  salt: string
  keyId: string
  startedAt: Date
  rotatedAt: Date
  lastUsedAt: Date
  /** End of the absolute lifetime. */
  expiresAt: Date
  endedAt: Date | null
  endReason: SessionEndReason | null
}

/** A session to insert. `loginKey` is the HMAC of its login code, which is unique. */
export type NewSession = Pick<
  StoredSession,
  | 'id'
  | 'memberId'
  | 'installationHash'
  | 'deviceName'
  | 'repeatKey'
  | 'isFirst'
  | 'refreshHash'
  | 'salt'
  | 'keyId'
  | 'startedAt'
  | 'expiresAt'
> & { loginKey: string }

export interface SessionWithMember {
  session: StoredSession
  member: StoredMember
}

/** Finds a session with its member in one query, whatever the state of either. */
export interface SessionFinder {
  byId(id: string): Promise<SessionWithMember | undefined>
  /** Finds the session that a login code started, by any of the code's digests. */
  byLoginKey(digests: Digests): Promise<SessionWithMember | undefined>
}

export interface SessionStore {
  /** Inserts a session. Returns false and changes nothing if its login code has started one already. */
  start(session: NewSession): Promise<boolean>
  /** Moves to the next generation. Returns false and changes nothing if the session ended or was rotated already. */
  rotate(change: {
    id: string
    fromGeneration: number
    refreshHash: string
    keyId: string
    installationHash: string
    at: Date
  }): Promise<boolean>
  /** Returns up to 100 sessions that are neither ended, expired at `at`, nor idle since `idleSince`; last used first. */
  listActive(memberId: bigint, times: { at: Date; idleSince: Date }): Promise<StoredSession[]>
  /** Ends one session of the member. Returns false if the member has no session of that id which has not ended. */
  end(change: { id: string; memberId: bigint; reason: SessionEndReason; at: Date }): Promise<boolean>
  /** Ends every session of the member. Returns how many ended. */
  endAll(change: { memberId: bigint; reason: SessionEndReason; at: Date }): Promise<number>
}
