import type { RequestContext } from '@kinpass/contracts'
import type { FastifyRequest } from 'fastify'

const MAX_INSTALLATION_ID_LENGTH = 128
const MAX_DEVICE_NAME_LENGTH = 100

/** Returns the context that handlers and middleware receive. */
export function toRequestContext({ id, ip, headers }: FastifyRequest): RequestContext {
  return {
    requestId: id,
    authorization: headers.authorization,
    installationId: decodeHeader(headers['x-installation-id'], MAX_INSTALLATION_ID_LENGTH) ?? '',
    deviceName: decodeHeader(headers['x-device-name'], MAX_DEVICE_NAME_LENGTH),
    address: ip,
  }
}

/** Decodes a URI-encoded header. A malformed header counts as missing. */
function decodeHeader(header: string | string[] | undefined, maxLength: number): string | undefined {
  if (typeof header !== 'string') return undefined
  try {
    return decodeURIComponent(header).trim().slice(0, maxLength) || undefined
  } catch {
    return undefined
  }
}
