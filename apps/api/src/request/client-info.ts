import type { RequestContext } from '@kinpass/contracts'
import type { DataKeys, Names } from '../keys/key-ring.ts'
import { readOneLine } from './sanitize-line.ts'

/** Who calls, as far as it may be written down. */
export interface Caller {
  /** Names of the installation. */
  readonly installation: Names
  /** HMAC of the IP address. */
  readonly addressHash: string
  readonly deviceName: string | null
  readonly requestId: string
}

export type IdentifyCaller = (context: RequestContext) => Caller

export function createIdentifyCaller(dataKeys: DataKeys): IdentifyCaller {
  return ({ installationId, address, deviceName, requestId }) => ({
    installation: dataKeys.names('installation', installationId),
    addressHash: dataKeys.mac('address', address).toString('base64url'),
    deviceName: readOneLine(deviceName),
    requestId,
  })
}
