import { createHash, timingSafeEqual } from 'node:crypto'
import type { DataKeys } from '../keys/key-ring.ts'
import type { StoredSession } from '../sessions/session-store.ts'

/** A refresh token taken apart: 16 bytes of session id, 4 of generation, 32 of secret. */
export interface RefreshToken {
  readonly sessionId: string
  readonly generation: number
  readonly secret: Buffer
}

type Made = Pick<StoredSession, 'id' | 'generation' | 'salt' | 'keyId'>

/**
 * Refresh tokens: opaque to their holders, 256 bits of secret, 70 letters of base64url.
 *
 * The secret is an HMAC over session, generation and the session's salt, so the token of a generation can be made
 * again: a client whose answer was lost gets the very same one, and parallel renewals agree. The database holds only a hash.
 * An old generation is known for genuine, which tells a replayed token from an invented one.
 */
export interface RefreshTokens {
  make(session: Made): string
  /** Undefined for what was never a token. */
  read(token: string): RefreshToken | undefined
  /** Whether this service made the token for this session, in whatever generation. */
  isGenuine(token: RefreshToken, session: Pick<StoredSession, 'salt'>): boolean
  /** What the database keeps of a token. */
  hash(token: string): string
}

export function createRefreshTokens(dataKeys: DataKeys): RefreshTokens {
  const secretOf = ({ id, generation, salt }: Omit<Made, 'keyId'>, keyId: string) =>
    dataKeys.mac('refresh-token', `${id} ${generation} ${salt}`, keyId)

  return {
    make(session) {
      const generation = Buffer.alloc(4)
      generation.writeUInt32BE(session.generation)
      const secret = secretOf(session, session.keyId)
      return Buffer.concat([uuidBytes(session.id), generation, secret]).toString('base64url')
    },

    read(token) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== 52 || bytes.toString('base64url') !== token) return undefined
      return {
        sessionId: uuidText(bytes.subarray(0, 16)),
        generation: bytes.readUInt32BE(16),
        secret: bytes.subarray(20),
      }
    },

    isGenuine({ sessionId, generation, secret }, { salt }) {
      const made = { id: sessionId, generation, salt }
      return dataKeys.ids.some((keyId) => timingSafeEqual(secretOf(made, keyId), secret))
    },

    hash: (token) => createHash('sha256').update(token).digest('base64url'),
  }
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
