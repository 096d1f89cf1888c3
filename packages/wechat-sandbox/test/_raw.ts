import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Sends bytes to a port as they are, and returns everything that comes back until the other side closes. */
export async function sendRaw(url: string, bytes: Buffer | string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.end(bytes)
  return (await buffer(socket)).toString('utf8')
}

/** One HTTP/1.1 request, written by hand: nothing in it is checked or escaped. */
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

/** The body of a raw answer. */
export function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4)
}
