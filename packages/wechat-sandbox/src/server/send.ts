import type { ServerResponse } from 'node:http'

/** A whole answer, as bytes on the wire. */
export interface Sendable {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export function sendResponse(response: ServerResponse, { status, contentType, body }: Sendable): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
