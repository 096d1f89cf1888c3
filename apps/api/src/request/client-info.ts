import type { HandlerContext } from '@kinpass/contracts'
import type { Digests, KeyRing } from '../keys/key-ring.ts'
import { sanitizeLine } from './sanitize-line.ts'

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
