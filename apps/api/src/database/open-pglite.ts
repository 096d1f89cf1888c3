import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { claimFolder } from './lock-directory.ts'
import { makePGliteFolder } from './make-pglite-folder.ts'
import { PGliteSession } from './pglite-session.ts'
import { PGliteStream } from './pglite-stream.ts'

export interface OpenPGlite extends AsyncDisposable {
  /** A byte stream to the database, for `pg`. Streams take turns: the second waits for the first to end. */
  stream: () => Duplex
}

/** Opens PGlite in `memory`, or in a folder, which is claimed for this process and made when it is not there. */
export async function openPGlite(place: string): Promise<OpenPGlite> {
  if (place === 'memory') return startPGlite('memory://')

  const folder = path.resolve(place)
  await mkdir(path.dirname(folder), { recursive: true })
  const claim = await claimFolder(folder)
  try {
    await makePGliteFolder(folder)
    const opened = await startPGlite(folder)
    return {
      stream: opened.stream,
      async [Symbol.asyncDispose]() {
        await opened[Symbol.asyncDispose]()
        await claim[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await claim[Symbol.asyncDispose]()
    throw error
  }
}

async function startPGlite(dataDir: string): Promise<OpenPGlite> {
  // Loaded here: whoever uses a server spends neither the time nor the memory.
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create({
    dataDir,
    // PostgreSQL's own 128 MB would all be resident.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  })
  const session = new PGliteSession(pglite)
  return { stream: () => new PGliteStream(session), [Symbol.asyncDispose]: () => pglite.close() }
}
