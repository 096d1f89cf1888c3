import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

/** The stream that `pg` uses in place of a socket. Writes go to PGlite, reads return its responses. */
export class PGliteStream extends Duplex {
  readonly #session: PGliteSession
  #lock: Promise<PGliteLock> | undefined
  #received: Buffer = Buffer.alloc(0)

  constructor(session: PGliteSession) {
    super({ allowHalfOpen: false })
    this.#session = session
  }

  // The methods of net.Socket that pg calls.
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#received = Buffer.concat([this.#received, chunk])
    this.#processReceived().then(() => done(), done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#releaseLock().then(() => done(), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#releaseLock().then(() => done(error), done)
  }

  async #processReceived(): Promise<void> {
    const { complete, rest, terminated } = splitMessages(this.#received, this.#lock === undefined)
    this.#received = rest
    if (complete.length > 0) {
      this.#lock ??= this.#session.acquire()
      const lock = await this.#lock
      this.push(await lock.send(complete))
    }
    if (terminated) {
      await this.#releaseLock()
      this.push(null)
    }
  }

  async #releaseLock(): Promise<void> {
    const lock = this.#lock
    this.#lock = undefined
    await (await lock)?.release()
  }
}

/** Exclusive use of the session. */
export interface PGliteLock {
  /** Sends complete messages of PostgreSQL's protocol to PGlite and returns its response. */
  send(messages: Uint8Array): Promise<Uint8Array>
  /** Resets the session, as a server does when a connection ends, and unlocks it. */
  release(): Promise<void>
}

/** PGlite's only session, with a FIFO lock. */
export class PGliteSession {
  readonly #pglite: PGlite
  #released: Promise<void> = Promise.resolve()

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  /** Resolves when all earlier locks are released. */
  async acquire(): Promise<PGliteLock> {
    const released = this.#released
    let unlock = () => {}
    this.#released = new Promise((resolve) => {
      unlock = resolve
    })
    await released
    const pglite = this.#pglite
    return {
      send: (messages) => pglite.runExclusive(() => pglite.execProtocolRaw(messages)),
      release: () => reset(pglite).finally(unlock),
    }
  }
}

async function reset(pglite: PGlite): Promise<void> {
  if (pglite.closed) return
  if (pglite.isInTransaction()) await pglite.exec('ROLLBACK')
  await pglite.exec('DISCARD ALL')
}

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
