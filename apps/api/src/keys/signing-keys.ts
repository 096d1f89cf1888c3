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
import type { Config } from '../config/schema.ts'
import { deriveKeyId } from './key-ring.ts'

/** The keys of access tokens. The first one signs, all of them verify, so tokens stay valid during a rotation. */
export interface SigningKeys {
  readonly algorithm: 'HS256' | 'ES256'
  readonly current: { readonly kid: string; readonly key: CryptoKey | KeyObject }
  /** Returns the key that verifies tokens with this `kid`. */
  verificationKey(kid: string | undefined): CryptoKey | KeyObject | undefined
  /** The public keys for other services. Empty with HS256. */
  readonly jwks: JSONWebKeySet
}

type SigningConfig = Pick<Config, 'TOKEN_ALGORITHM' | 'TOKEN_SECRET' | 'TOKEN_PRIVATE_KEYS'>

/** Creates the signing keys of the configured algorithm. */
export async function createSigningKeys(config: SigningConfig): Promise<SigningKeys> {
  if (config.TOKEN_ALGORITHM === 'ES256' && config.TOKEN_PRIVATE_KEYS)
    return await createES256SigningKeys(config.TOKEN_PRIVATE_KEYS)
  if (config.TOKEN_SECRET) return createHS256SigningKeys(config.TOKEN_SECRET)
  throw new Error('no signing key in the config: readConfig rejects that')
}

/** HS256 with secrets of at least 32 characters. */
function createHS256SigningKeys(secrets: readonly [string, ...string[]]): SigningKeys {
  const keys = new Map(secrets.map((secret) => [deriveKeyId(secret), createSecretKey(Buffer.from(secret))]))
  const kid = deriveKeyId(secrets[0])
  return {
    algorithm: 'HS256',
    current: { kid, key: createSecretKey(Buffer.from(secrets[0])) },
    verificationKey: (requested) => keys.get(requested ?? ''),
    jwks: { keys: [] },
  }
}

/** ES256 with private JWKs on P-256. A key without `kid` gets its thumbprint (RFC 7638). */
async function createES256SigningKeys(jwks: readonly [JWK, ...JWK[]]): Promise<SigningKeys> {
  const keys = await Promise.all(jwks.map(importPrivateKey))
  const [current] = keys
  if (!current) throw new Error('ES256 needs at least one private key')
  return {
    algorithm: 'ES256',
    current: { kid: current.kid, key: current.privateKey },
    verificationKey: (requested) => keys.find(({ kid }) => kid === requested)?.publicKey,
    jwks: { keys: keys.map(({ publicJwk }) => publicJwk) },
  }
}

async function importPrivateKey(jwk: JWK) {
  const { d: _private, ...publicPart } = jwk
  const kid = jwk.kid ?? (await calculateJwkThumbprint(publicPart))
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'ES256'), importJWK(publicPart, 'ES256')])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new Error('ES256 needs an EC key')
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
  return { kid, privateKey, publicKey, publicJwk }
}
