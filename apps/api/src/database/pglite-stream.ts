import { Duplex } from 'node:stream'
import type { PGliteSession, Turn } from './pglite-session.ts'
import { splitMessages } from './split-messages.ts'

/** What `pg` opens instead of a socket: it writes to PGlite, in this process, and reads PGlite's answers. */
export class PGliteStream extends Duplex {
  readonly #session: PGliteSession
  #turn: Promise<Turn> | undefined
  #received: Buffer = Buffer.alloc(0)

  constructor(session: PGliteSession) {
    super({ allowHalfOpen: false })
    this.#session = session
  }

  // What pg asks of a net.Socket.
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
    this.#answer().then(() => done(), done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#endTurn().then(() => done(), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#endTurn().then(() => done(error), done)
  }

  async #answer(): Promise<void> {
    const { complete, rest, terminated } = splitMessages(this.#received, this.#turn === undefined)
    this.#received = rest
    if (complete.length > 0) {
      this.#turn ??= this.#session.takeTurn()
      const turn = await this.#turn
      this.push(await turn.exchange(complete))
    }
    if (terminated) {
      await this.#endTurn()
      this.push(null)
    }
  }

  async #endTurn(): Promise<void> {
    const turn = this.#turn
    this.#turn = undefined
    await (await turn)?.end()
  }
}
