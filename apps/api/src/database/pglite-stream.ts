import { Duplex } from 'node:stream'
import type { PGliteLock, PGliteSession } from './pglite-session.ts'
import { splitMessages } from './split-messages.ts'

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
