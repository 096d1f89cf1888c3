import type { IncomingMessage } from 'node:http'

/** The whole body, or `'too-large'` beyond `limit` bytes (the rest is read and dropped, so that the answer arrives). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
  }
  return size > limit ? 'too-large' : Buffer.concat(chunks)
}
