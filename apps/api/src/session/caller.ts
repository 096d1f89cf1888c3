import type { RequestContext } from '@kinpass/contracts'
import type { DataKeys } from '../keys/data-keys.ts'

/** Who calls, as far as it may be written down. */
export interface Caller {
  /** HMAC of the installation id. */
  readonly installationHash: string
  /** HMAC of the IP address. */
  readonly addressHash: string
  readonly deviceName: string | null
  readonly requestId: string
}

export type IdentifyCaller = (context: RequestContext) => Caller

export function createIdentifyCaller(dataKeys: DataKeys): IdentifyCaller {
  return ({ installationId, address, deviceName, requestId }) => ({
    installationHash: dataKeys.mac('installation', installationId).toString('base64url'),
    addressHash: dataKeys.mac('address', address).toString('base64url'),
    deviceName: deviceName ?? null,
    requestId,
  })
}
