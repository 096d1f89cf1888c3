import type { HandlerContext } from '@kinpass/contracts'
import type { Digests, KeyRing } from '../keys/key-ring.ts'

/** The client of a request, in a form that may be stored. */
export interface ClientInfo {
  /** Digests of the installation id. */
  readonly installation: Digests
  /** HMAC of the IP address. */
  readonly addressHash: string
  readonly deviceName: string | null
  readonly requestId: string
}

export type ReadClientInfo = (ctx: HandlerContext) => ClientInfo

export function createReadClientInfo(keyRing: KeyRing): ReadClientInfo {
  return ({ installationId, address, deviceName, requestId }) => ({
    installation: keyRing.digests('installation', installationId),
    addressHash: keyRing.mac('address', address).toString('base64url'),
    deviceName: sanitizeLine(deviceName),
    requestId,
  })
}

const MAX_CHARACTERS = 100

/** Control characters, lone surrogates, line separators and bidirectional formatting characters. */
const UNSAFE_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** Returns a name as one safe line of at most 100 characters; null if nothing is left. */
export function sanitizeLine(text: string | undefined): string | null {
  const characters = Array.from((text ?? '').replace(UNSAFE_CHARACTERS, '').trim())
  return characters.slice(0, MAX_CHARACTERS).join('').trim() || null
}
