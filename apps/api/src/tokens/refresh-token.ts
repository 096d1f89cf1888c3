import { createHash, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../keys/key-ring.ts'
import type { StoredSession } from '../sessions/session-store.ts'

/** A parsed refresh token: 16 bytes of session id, 4 of generation, 32 of secret. */
export interface RefreshToken {
  readonly sessionId: string
  readonly generation: number
  readonly secret: Buffer
}

type TokenSource = Pick<StoredSession, 'id' | 'generation' | 'salt' | 'keyId'>

/**
 * Refresh tokens: opaque to the client, 256 bits of secret, 70 characters of base64url.
 *
 * The secret is an HMAC over session id, generation and the session's salt, so the token of a generation can be created
 * again: parallel renewals, and a client whose response was lost, get the same one. The database stores a hash only. An
 * old generation still verifies, which distinguishes a replayed token from an invented one.
 */
export interface RefreshTokenCodec {
  create(session: TokenSource): string
  /** Returns undefined if the text does not have the form of a refresh token. */
  parse(token: string): RefreshToken | undefined
  /** Whether this service created the token for this session, in any generation. */
  verify(token: RefreshToken, session: Pick<StoredSession, 'salt'>): boolean
  /** The SHA-256 that the database stores. */
  hash(token: string): string
}

export function createRefreshTokenCodec(keyRing: KeyRing): RefreshTokenCodec {
  const secretOf = ({ id, generation, salt }: Omit<TokenSource, 'keyId'>, keyId: string) =>
    keyRing.mac('refresh-token', `${id} ${generation} ${salt}`, keyId)

  return {
    create(session) {
      const generation = Buffer.alloc(4)
      generation.writeUInt32BE(session.generation)
      const secret = secretOf(session, session.keyId)
      return Buffer.concat([uuidToBytes(session.id), generation, secret]).toString('base64url')
    },

    parse(token) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== 52 || bytes.toString('base64url') !== token) return undefined
      return {
        sessionId: bytesToUuid(bytes.subarray(0, 16)),
        generation: bytes.readUInt32BE(16),
        secret: bytes.subarray(20),
      }
    },

    verify({ sessionId, generation, secret }, { salt }) {
      const source = { id: sessionId, generation, salt }
      return keyRing.ids.some((keyId) => timingSafeEqual(secretOf(source, keyId), secret))
    },

    hash: (token) => createHash('sha256').update(token).digest('base64url'),
  }
}

function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function bytesToUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
