const TERMINATE = 'X'.charCodeAt(0)
const TYPE_BYTES = 1
const LENGTH_BYTES = 4

export interface SplitMessages {
  /** All complete messages, unchanged. */
  complete: Buffer
  /** The start of an incomplete message. */
  rest: Buffer
  /** The client sent Terminate. The bytes after it are dropped. */
  terminated: boolean
}

/**
 * Splits bytes from a PostgreSQL client at message boundaries.
 *
 * A message is a type byte, a length that includes itself but not the type, and a body. The first message of a
 * connection has no type byte. See https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function splitMessages(received: Buffer, startsConnection: boolean): SplitMessages {
  let end = 0
  let typeBytes = startsConnection ? 0 : TYPE_BYTES
  for (;;) {
    const body = end + typeBytes + LENGTH_BYTES
    if (received.length < body) break
    if (typeBytes > 0 && received[end] === TERMINATE) {
      return { complete: received.subarray(0, end), rest: Buffer.alloc(0), terminated: true }
    }
    const next = end + typeBytes + received.readInt32BE(end + typeBytes)
    if (received.length < next) break
    end = next
    typeBytes = TYPE_BYTES
  }
  return { complete: received.subarray(0, end), rest: received.subarray(end), terminated: false }
}
