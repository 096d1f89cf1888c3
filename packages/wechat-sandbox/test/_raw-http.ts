import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Sends raw bytes to a port and returns everything received until the server closes. */
export async function sendRaw(url: string, bytes: Buffer | string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.end(bytes)
  return (await buffer(socket)).toString('utf8')
}

/** An HTTP/1.1 request without validation or escaping. */
export function rawRequest(method: string, target: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = [
    `${method} ${target} HTTP/1.1`,
    'Host: api.weixin.qq.com',
    'Connection: close',
    `Content-Length: ${body.length}`,
    '',
    '',
  ]
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), body])
}

/** The body of a raw response. */
export function bodyOf(response: string): string {
  return response.slice(response.indexOf('\r\n\r\n') + 4)
}
