import type { PGlite } from '@electric-sql/pglite'

/** One holder's time with the session. */
export interface Turn {
  /** Hands PGlite complete messages of PostgreSQL's protocol and resolves with its answer. */
  exchange(messages: Uint8Array): Promise<Uint8Array>
  /** Clears the session, as a server does when a connection ends, and lets the next holder in. */
  end(): Promise<void>
}

/** PGlite has one session for all. Holders get it in the order in which they ask, each until its turn ends. */
export class PGliteSession {
  readonly #pglite: PGlite
  #free: Promise<void> = Promise.resolve()

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  /** Resolves when all earlier turns have ended. */
  async takeTurn(): Promise<Turn> {
    const free = this.#free
    let pass = () => {}
    this.#free = new Promise((resolve) => {
      pass = resolve
    })
    await free
    const pglite = this.#pglite
    return {
      exchange: (messages) => pglite.runExclusive(() => pglite.execProtocolRaw(messages)),
      end: () => clear(pglite).finally(pass),
    }
  }
}

async function clear(pglite: PGlite): Promise<void> {
  if (pglite.closed) return
  if (pglite.isInTransaction()) await pglite.exec('ROLLBACK')
  await pglite.exec('DISCARD ALL')
}
