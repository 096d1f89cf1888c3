import type { Names } from '../keys/key-ring.ts'
import type { StoredMember } from '../members/member-store.ts'

/** Why a session ended. */
export type SessionEnd = 'logout' | 'revoked' | 'logout-everywhere' | 'replay'

/** A row of `login_session`: one login on one device. */
export interface StoredSession {
  /** UUID. */
  id: string
  memberId: bigint
  /** HMAC of the installation id of the app that logged in or last renewed. */
  installationHash: string
  deviceName: string | null
  /** HMAC of what a repetition of the same login brings again. */
  repeatKey: string
  /** Whether this login made the account. */
  isFirst: boolean
  /** How many times the refresh token has been rotated. */
  generation: number
  /** Hash of the refresh token of this generation. */
  refreshHash: string
  /** Random, base64url; with the data key named by `keyId` it makes the session's refresh tokens. */
  salt: string
  keyId: string
  startedAt: Date
  rotatedAt: Date
  lastUsedAt: Date
  /** The end of its absolute lifetime. */
  expiresAt: Date
  endedAt: Date | null
  endReason: SessionEnd | null
}

/** What begins a session. `loginKey` is the HMAC of the login code it came from: one code, one session. */
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

export interface Sessions {
  /** Resolves false, and changes nothing, when the login code has begun a session already. */
  begin(session: NewSession): Promise<boolean>
  /** The session that a login code has begun, by whichever of its names. */
  byLoginKey(names: Names): Promise<SessionOfMember | undefined>
  /** A session with its member, in one query; found whatever the state of either. */
  byId(id: string): Promise<SessionOfMember | undefined>
  /**
   * Moves to the next generation. Resolves false, and changes nothing, when the session has ended or is no longer
   * at `fromGeneration`.
   */
  rotate(change: {
    id: string
    fromGeneration: number
    refreshHash: string
    keyId: string
    installationHash: string
    at: Date
  }): Promise<boolean>
  /** Sessions that have neither ended nor outlived `at` or `idleSince`; the last used first, at most a hundred. */
  liveOf(memberId: bigint, times: { at: Date; idleSince: Date }): Promise<StoredSession[]>
  /** Ends a live session of this member; false when there is none by that id. */
  end(change: { id: string; memberId: bigint; reason: SessionEnd; at: Date }): Promise<boolean>
  /** Ends all live sessions of a member and tells how many. */
  endAll(change: { memberId: bigint; reason: SessionEnd; at: Date }): Promise<number>
}

export interface SessionOfMember {
  session: StoredSession
  member: StoredMember
}
