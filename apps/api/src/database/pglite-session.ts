import type { PGlite } from '@electric-sql/pglite'

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
