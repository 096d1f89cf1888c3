import type { RequestContext } from '@kinpass/contracts'
import type { FastifyRequest } from 'fastify'

/** What the deeds are told of a request. */
export function requestContext({ id, ip, headers }: FastifyRequest): RequestContext {
  return {
    requestId: id,
    authorization: headers.authorization,
    installationId: textOf(headers['x-installation-id'], 128) ?? '',
    deviceName: textOf(headers['x-device-name'], 100),
    address: ip,
  }
}

/** A header of our own app, which encodes what is not ASCII; what is malformed counts as not sent. */
function textOf(header: string | string[] | undefined, longest: number): string | undefined {
  if (typeof header !== 'string') return undefined
  try {
    return decodeURIComponent(header).trim().slice(0, longest) || undefined
  } catch {
    return undefined
  }
}
