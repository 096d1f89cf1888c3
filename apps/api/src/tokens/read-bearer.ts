import { Failure } from '@kinpass/contracts'

/** Takes the token out of an `authorization` header, which may or may not begin with `Bearer `. */
export function readBearer(authorization: string | undefined): string {
  const token = authorization?.replace(/^Bearer(?:\s+|$)/i, '').trim()
  if (!token) throw new Failure('TOKEN_MISSING')
  return token
}
