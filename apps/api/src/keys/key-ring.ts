import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What a derived key is for. Nothing made for one purpose can be used for another. */
export type Purpose =
  | 'login-code'
  | 'phone-code'
  | 'repetition'
  | 'kept-answer'
  | 'refresh-token'
  | 'installation'
  | 'address'

/** What stands for a text that must not be stored. The first is written; all of them are looked for. */
export type Names = readonly [string, ...string[]]

/**
 * The keys of what the service keeps: HMACs that stand for what must not be stored, and encryption of what
 * must be. The first secret makes, all of them read, so a new one is put in front and the old one stays until
 * what it made is gone.
 */
export interface DataKeys {
  /** The id of the key that makes. */
  readonly currentId: string
  /** All ids, the current one first. */
  readonly ids: readonly string[]
  /** HMAC-SHA256, 32 bytes, by the key of that id (the current one unless told). */
  mac(purpose: Purpose, text: string, keyId?: string): Buffer
  /** The names that a text goes by: its HMAC in base64url by each key, the current one first. */
  names(purpose: Purpose, text: string): Names
  /** Encrypts with AES-256-GCM: `keyId.iv.tag.text`, base64url. */
  seal(purpose: Purpose, text: string): string
  /** Decrypts what `seal` made; undefined when no key fits or a byte was changed. */
  open(purpose: Purpose, sealed: string): string | undefined
}

export function createDataKeys(secrets: readonly [string, ...string[]]): DataKeys {
  const roots = new Map(secrets.map((secret) => [keyIdOf(secret), secret]))
  const currentId = keyIdOf(secrets[0])
  const derived = new Map<string, Buffer>()

  function keyFor(keyId: string, purpose: Purpose): Buffer | undefined {
    const root = roots.get(keyId)
    if (root === undefined) return undefined
    const name = `${keyId} ${purpose}`
    const known = derived.get(name)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', root, '', `kinpass ${purpose}`, 32))
    derived.set(name, key)
    return key
  }

  function currentKey(purpose: Purpose, keyId = currentId): Buffer {
    const key = keyFor(keyId, purpose)
    if (!key) throw new Error('a data key that is still in use was taken out of DATA_SECRET')
    return key
  }

  const mac = (purpose: Purpose, text: string, keyId?: string) =>
    createHmac('sha256', currentKey(purpose, keyId)).update(text).digest()
  const olderIds = [...roots.keys()].filter((id) => id !== currentId)

  return {
    currentId,
    ids: [currentId, ...olderIds],
    mac,

    names(purpose, text) {
      const name = (keyId: string) => mac(purpose, text, keyId).toString('base64url')
      return [name(currentId), ...olderIds.map(name)]
    },

    seal(purpose, text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', currentKey(purpose), iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [currentId, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
        '.',
      )
    },

    open(purpose, sealed) {
      const [keyId = '', ...parts] = sealed.split('.')
      const [iv, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
      const key = keyFor(keyId, purpose)
      if (!key || !iv || !tag || !text || iv.length !== 12 || tag.length !== 16) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
      } catch {
        return undefined // a changed byte: the tag does not fit
      }
    },
  }
}

/** Names a secret without telling it. */
export function keyIdOf(secret: string): string {
  return createHash('sha256').update(`kinpass key id ${secret}`).digest('base64url').slice(0, 8)
}
