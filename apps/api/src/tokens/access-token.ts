import { Failure } from '@kinpass/contracts'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { SigningKeys } from '../keys/signing-keys.ts'

/** The claims of an access token. */
export interface AccessClaims {
  readonly memberId: bigint
  readonly memberName: string
  /** UUID. */
  readonly sessionId: string
}

/** Signs and verifies access tokens (JWT). */
export interface AccessTokenCodec {
  readonly lifetimeSeconds: number
  /** Signs a token that is valid for `lifetimeSeconds` from `issuedAt`. */
  issue(claims: AccessClaims, issuedAt: Date): Promise<string>
  /** Returns the claims. Throws `TOKEN_EXPIRED` or `TOKEN_INVALID`. */
  verify(token: string): Promise<AccessClaims>
}

const ISSUER = 'kinpass'
const AUDIENCE = 'kinpass-miniapp'
/** RFC 9068: no other kind of JWT is accepted as an access token. */
const TYPE = 'at+jwt'
/** Stricter than a base64url decoder, which accepts more alphabets and lengths. */
const TOKEN_PATTERN = /^[\w-]{1,512}\.[\w-]{1,2048}\.[\w-]{1,128}$/
const UUID_PATTERN = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
/** Accepted difference between the clocks of two instances. */
const CLOCK_TOLERANCE_MS = 60_000

/** `clock` decides the expiry, to the second. */
export function createAccessTokenCodec(deps: {
  keys: SigningKeys
  lifetimeSeconds: number
  clock: () => Date
}): AccessTokenCodec {
  const { keys, lifetimeSeconds, clock } = deps

  return {
    lifetimeSeconds,

    async issue({ memberId, memberName, sessionId }, issuedAt) {
      const issuedAtSeconds = Math.floor(issuedAt.getTime() / 1000)
      return await new SignJWT({ userId: String(memberId), userName: memberName, sid: sessionId })
        .setProtectedHeader({ alg: keys.algorithm, typ: TYPE, kid: keys.current.kid })
        .setSubject(String(memberId))
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAtSeconds)
        .setExpirationTime(issuedAtSeconds + lifetimeSeconds)
        .sign(keys.current.key)
    },

    async verify(token) {
      if (!TOKEN_PATTERN.test(token)) throw new Failure('TOKEN_INVALID')
      const { payload } = await verifyJwt(token).catch((cause: unknown) => {
        throw new Failure(cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID', { cause })
      })
      const { sub = '', sid, userName, iat = 0 } = payload
      const isIssuedInFuture = iat * 1000 > clock().getTime() + CLOCK_TOLERANCE_MS
      if (!/^\d{1,19}$/.test(sub) || typeof sid !== 'string' || !UUID_PATTERN.test(sid) || isIssuedInFuture)
        throw new Failure('TOKEN_INVALID')
      return {
        memberId: BigInt(sub),
        memberName: typeof userName === 'string' ? userName : '',
        sessionId: sid,
      }
    },
  }

  async function verifyJwt(token: string) {
    return await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.verificationKey(kid)
        if (!key) throw new errors.JWKSNoMatchingKey()
        return key
      },
      {
        algorithms: [keys.algorithm],
        issuer: ISSUER,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: clock(),
      },
    )
  }
}
