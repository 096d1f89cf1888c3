import { createSecretKey } from 'node:crypto'
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type KeyObject,
} from 'jose'
import { keyIdOf } from './key-ring.ts'

/** The keys of access tokens. The first signs, all of them verify: rotation logs nobody out. */
export interface SigningKeys {
  readonly algorithm: 'HS256' | 'ES256'
  readonly current: { readonly kid: string; readonly key: CryptoKey | KeyObject }
  /** The key that verifies what `kid` signed. */
  verifying(kid: string | undefined): CryptoKey | KeyObject | undefined
  /** The public keys, for other services; empty with HS256, which has none. */
  readonly jwks: JSONWebKeySet
}

/** HS256 from secrets of at least 32 characters. */
export function createSecretSigningKeys(secrets: readonly [string, ...string[]]): SigningKeys {
  const keys = new Map(secrets.map((secret) => [keyIdOf(secret), createSecretKey(Buffer.from(secret))]))
  const kid = keyIdOf(secrets[0])
  return {
    algorithm: 'HS256',
    current: { kid, key: createSecretKey(Buffer.from(secrets[0])) },
    verifying: (wanted) => keys.get(wanted ?? ''),
    jwks: { keys: [] },
  }
}

/** ES256 from private JWKs on P-256. A key without `kid` is named by its thumbprint (RFC 7638). */
export async function createPrivateSigningKeys(jwks: readonly [JWK, ...JWK[]]): Promise<SigningKeys> {
  const keys = await Promise.all(jwks.map(readPrivateKey))
  const [current] = keys
  if (!current) throw new Error('at least one private key is needed')
  return {
    algorithm: 'ES256',
    current: { kid: current.kid, key: current.privateKey },
    verifying: (wanted) => keys.find(({ kid }) => kid === wanted)?.publicKey,
    jwks: { keys: keys.map(({ publicJwk }) => publicJwk) },
  }
}

async function readPrivateKey(jwk: JWK) {
  const { d: _private, ...publicPart } = jwk
  const kid = jwk.kid ?? (await calculateJwkThumbprint(publicPart))
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'ES256'), importJWK(publicPart, 'ES256')])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new Error('ES256 needs an EC key')
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
  return { kid, privateKey, publicKey, publicJwk }
}
