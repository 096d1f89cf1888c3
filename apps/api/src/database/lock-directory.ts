import { createHash } from 'node:crypto'
import { rmSync, type Stats, statSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import path from 'node:path'
import { DatabaseInUse } from './database-locked-error.ts'

/** The kernel's limit on the path of a local socket is 104 bytes on macOS, 108 on Linux. */
const SOCKET_PATH_BYTES = 100

/**
 * Claims a folder for this process, until disposed of or until the process ends, however it ends: the claim is a
 * listening local socket, which the operating system closes with the process. The folder need not exist, its parent must.
 *
 * @throws {DatabaseInUse} when another process holds the claim
 */
export async function claimFolder(folder: string): Promise<AsyncDisposable> {
  const address = await claimAddress(folder)
  for (;;) {
    const found = statSync(address, { throwIfNoEntry: false })
    const server = createServer((visitor) => visitor.destroy())
    const error = await listen(server, address)
    if (error === undefined) {
      server.unref()
      return { [Symbol.asyncDispose]: () => close(server) }
    }
    if (error.code !== 'EADDRINUSE' || found?.isSocket() === false) throw error
    if (!(await isAbandoned(address))) throw new DatabaseInUse(folder)
    removeUnlessReplaced(address, found)
  }
}

/** One address per folder, whatever it is called by: beside it, or under a short name where that path is too long. */
async function claimAddress(folder: string): Promise<string> {
  const parent = await realpath(path.dirname(folder))
  const real = path.join(parent, path.basename(folder))
  const name = `kinpass-${createHash('sha256').update(real).digest('hex').slice(0, 24)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const beside = `${real}.lock`
  return Buffer.byteLength(beside) <= SOCKET_PATH_BYTES ? beside : `/tmp/${name}.lock`
}

/** Removes the socket of a process that was killed, but not one that another process has put in its place meanwhile. */
function removeUnlessReplaced(address: string, found: Stats | undefined): void {
  const present = statSync(address, { throwIfNoEntry: false })
  if (present?.ino === found?.ino && present?.ctimeMs === found?.ctimeMs) rmSync(address, { force: true })
}

function listen(server: Server, address: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.listen(address, () => resolve(undefined))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

/** Whether nobody listens. An address that may not be visited (another user's) is somebody's. */
function isAbandoned(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const visitor = connect(address, () => {
      visitor.destroy()
      resolve(false)
    })
    visitor.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT')
    })
  })
}
