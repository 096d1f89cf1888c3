import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Domain separation: each purpose has its own key, derived with HKDF. Stored values depend on these strings. */
export type KeyPurpose =
  | 'login-code'
  | 'phone-code'
  | 'repetition'
  | 'kept-answer'
  | 'refresh-token'
  | 'installation'
  | 'address'

/** HMACs of one value in base64url, one per key, newest first. Write the first, look up all. */
export type Digests = readonly [string, ...string[]]

/**
 * Keyed hashes and encryption of stored data, derived from DATA_SECRET. The first secret writes, all of them read. To
 * rotate, put the new secret first and keep the old one until its data has expired.
 */
export interface KeyRing {
  /** Id of the key that writes. */
  readonly currentId: string
  /** Ids of all keys, the current one first. */
  readonly ids: readonly string[]
  /** HMAC-SHA256, 32 bytes, with the key of that id (default: the current one). */
  mac(purpose: KeyPurpose, text: string, keyId?: string): Buffer
  digests(purpose: KeyPurpose, text: string): Digests
  /** Encrypts with AES-256-GCM. Returns `keyId.iv.tag.ciphertext`, the last three in base64url. */
  seal(purpose: KeyPurpose, text: string): string
  /** Decrypts the result of `seal`. Returns undefined if the key is unknown or the data was modified. */
  open(purpose: KeyPurpose, sealed: string): string | undefined
}

export function createKeyRing(secrets: readonly [string, ...string[]]): KeyRing {
  const roots = new Map(secrets.map((secret) => [deriveKeyId(secret), secret]))
  const currentId = deriveKeyId(secrets[0])
  const derived = new Map<string, Buffer>()

  function deriveKey(keyId: string, purpose: KeyPurpose): Buffer | undefined {
    const root = roots.get(keyId)
    if (root === undefined) return undefined
    const cacheKey = `${keyId} ${purpose}`
    const cached = derived.get(cacheKey)
    if (cached) return cached
    const key = Buffer.from(hkdfSync('sha256', root, '', `kinpass ${purpose}`, 32))
    derived.set(cacheKey, key)
    return key
  }

  function requireKey(purpose: KeyPurpose, keyId = currentId): Buffer {
    const key = deriveKey(keyId, purpose)
    if (!key) throw new Error(`data key ${keyId} is in use and not in DATA_SECRET: add its secret again`)
    return key
  }

  const mac = (purpose: KeyPurpose, text: string, keyId?: string) =>
    createHmac('sha256', requireKey(purpose, keyId)).update(text).digest()
  const olderIds = [...roots.keys()].filter((id) => id !== currentId)

  return {
    currentId,
    ids: [currentId, ...olderIds],
    mac,

    digests(purpose, text) {
      const digest = (keyId: string) => mac(purpose, text, keyId).toString('base64url')
      return [digest(currentId), ...olderIds.map(digest)]
    },

    seal(purpose, text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', requireKey(purpose), iv)
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const encoded = [iv, cipher.getAuthTag(), ciphertext].map((bytes) => bytes.toString('base64url'))
      return [currentId, ...encoded].join('.')
    },

    open(purpose, sealed) {
      const [keyId = '', ...encoded] = sealed.split('.')
      const [iv, tag, ciphertext] = encoded.map((text) => Buffer.from(text, 'base64url'))
      const key = deriveKey(keyId, purpose)
      if (!key || !iv || !tag || !ciphertext || iv.length !== 12 || tag.length !== 16) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
      } catch {
        return undefined // Authentication failed: the data was modified.
      }
    },
  }
}

/** Returns a public id for a secret: 48 bits of its SHA-256. */
export function deriveKeyId(secret: string): string {
  return createHash('sha256').update(`kinpass key id ${secret}`).digest('base64url').slice(0, 8)
}
