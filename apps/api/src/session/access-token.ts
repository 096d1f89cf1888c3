import { Failure } from '@kinpass/contracts'
import { errors, jwtVerify, SignJWT } from 'jose'

/** What an access token says: who holds it. */
export interface AccessClaims {
  readonly memberId: bigint
  readonly memberName: string
}

export interface AccessTokens {
  readonly lifetimeSeconds: number
  /** Signs a token for a member. */
  issue(claims: AccessClaims): Promise<string>
  /** Reads a token; throws `TOKEN_EXPIRED` or `TOKEN_INVALID`. */
  read(token: string): Promise<AccessClaims>
}

const issuer = 'kinpass'
const audience = 'kinpass-miniapp'
const type = 'at+jwt' // RFC 9068: no other kind of JWT passes for an access token.
const longest = 2_048

/** Access tokens as JWTs signed with HS256. `clock` decides issue and expiry, to the second. */
export function createAccessTokens(options: {
  secret: string
  lifetimeSeconds: number
  clock: () => Date
}): AccessTokens {
  const { lifetimeSeconds, clock } = options
  const key = new TextEncoder().encode(options.secret)

  return {
    lifetimeSeconds,

    async issue({ memberId, memberName }) {
      const now = Math.floor(clock().getTime() / 1000)
      return await new SignJWT({ userId: String(memberId), userName: memberName })
        .setProtectedHeader({ alg: 'HS256', typ: type })
        .setSubject(String(memberId))
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(key)
    },

    async read(token) {
      if (token.length > longest) throw new Failure('TOKEN_INVALID')
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: clock(),
      }).catch((cause: unknown) => {
        throw new Failure(cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID', { cause })
      })
      if (!/^\d{1,19}$/.test(payload.sub ?? '')) throw new Failure('TOKEN_INVALID')
      return { memberId: BigInt(payload.sub ?? ''), memberName: String(payload.userName ?? '') }
    },
  }
}
