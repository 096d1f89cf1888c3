import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { createPGliteDirectory } from './create-pglite-directory.ts'
import { lockDirectory } from './lock-directory.ts'
import { PGliteSession, PGliteStream } from './pglite-stream.ts'

export interface PGliteConnection extends AsyncDisposable {
  /** Returns a byte stream to the database, for `pg`. One stream is active at a time; others wait until it ends. */
  stream: () => Duplex
}

/** Opens PGlite in `memory` or in a directory. A directory is locked, and created if missing. */
export async function openPGlite(location: string): Promise<PGliteConnection> {
  if (location === 'memory') return startPGlite('memory://')

  const directory = path.resolve(location)
  await mkdir(path.dirname(directory), { recursive: true })
  const lock = await lockDirectory(directory)
  try {
    await createPGliteDirectory(directory)
    const pglite = await startPGlite(directory)
    return {
      stream: pglite.stream,
      async [Symbol.asyncDispose]() {
        await pglite[Symbol.asyncDispose]()
        await lock[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await lock[Symbol.asyncDispose]()
    throw error
  }
}

async function startPGlite(dataDir: string): Promise<PGliteConnection> {
  // Imported on demand: a process that uses a PostgreSQL server needs neither the load time nor the memory.
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create({
    dataDir,
    // PostgreSQL's default of 128 MB would all be resident.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  })
  const session = new PGliteSession(pglite)
  return { stream: () => new PGliteStream(session), [Symbol.asyncDispose]: () => pglite.close() }
}
