import { Failure } from '@kinpass/contracts'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { SigningKeys } from '../keys/signing-keys.ts'

/** What an access token says: who holds it, and which session it belongs to. */
export interface AccessClaims {
  readonly memberId: bigint
  readonly memberName: string
  /** UUID. */
  readonly sessionId: string
}

export interface AccessTokens {
  readonly lifetimeSeconds: number
  /** Signs a token that lives from `issuedAt` on. */
  issue(claims: AccessClaims, issuedAt: Date): Promise<string>
  /** Reads a token; throws `TOKEN_EXPIRED` or `TOKEN_INVALID`. */
  read(token: string): Promise<AccessClaims>
}

const issuer = 'kinpass'
const audience = 'kinpass-miniapp'
const type = 'at+jwt' // RFC 9068: no other kind of JWT passes for an access token.
const shape = /^[\w-]{1,512}\.[\w-]{1,2048}\.[\w-]{1,128}$/ // Decoders of base64url let more pass.
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
const clocksMayDifferMs = 60_000 // between two instances

/** Access tokens as JWTs. `clock` decides their end, to the second. */
export function createAccessTokens(parts: {
  keys: SigningKeys
  lifetimeSeconds: number
  clock: () => Date
}): AccessTokens {
  const { keys, lifetimeSeconds, clock } = parts

  return {
    lifetimeSeconds,

    async issue({ memberId, memberName, sessionId }, issuedAt) {
      const at = Math.floor(issuedAt.getTime() / 1000)
      return await new SignJWT({ userId: String(memberId), userName: memberName, sid: sessionId })
        .setProtectedHeader({ alg: keys.algorithm, typ: type, kid: keys.current.kid })
        .setSubject(String(memberId))
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(at)
        .setExpirationTime(at + lifetimeSeconds)
        .sign(keys.current.key)
    },

    async read(token) {
      if (!shape.test(token)) throw new Failure('TOKEN_INVALID')
      const { payload } = await verify(token).catch((cause: unknown) => {
        throw new Failure(cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID', { cause })
      })
      const { sub = '', sid, userName, iat = 0 } = payload
      const isOfTheFuture = iat * 1000 > clock().getTime() + clocksMayDifferMs
      if (!/^\d{1,19}$/.test(sub) || typeof sid !== 'string' || !uuid.test(sid) || isOfTheFuture)
        throw new Failure('TOKEN_INVALID')
      return {
        memberId: BigInt(sub),
        memberName: typeof userName === 'string' ? userName : '',
        sessionId: sid,
      }
    },
  }

  async function verify(token: string) {
    return await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.verifying(kid)
        if (!key) throw new errors.JWKSNoMatchingKey()
        return key
      },
      {
        algorithms: [keys.algorithm],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: clock(),
      },
    )
  }
}
