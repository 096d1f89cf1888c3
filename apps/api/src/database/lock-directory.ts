import { createHash } from 'node:crypto'
import { rmSync, type Stats, statSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import path from 'node:path'

/** Another process has locked the directory of the embedded database. */
class DatabaseLockedError extends Error {
  override readonly name = 'DatabaseLockedError'
  readonly code = 'DATABASE_IN_USE'
  readonly directory: string

  constructor(directory: string) {
    super(
      `another process has the database in ${directory} open: stop it, or set DATABASE_URL to another directory (pglite:./directory) or to a PostgreSQL server`,
    )
    this.directory = directory
  }
}

/** Maximum length of a Unix socket path. The kernel allows 104 bytes on macOS, 108 on Linux. */
const SOCKET_PATH_BYTES = 100

/**
 * Locks a directory for this process until disposed. The lock is a listening Unix socket (on Windows a named pipe),
 * which the operating system closes when the process ends, even after SIGKILL. The directory need not exist, its parent
 * must.
 *
 * @throws {DatabaseLockedError} when another process has the lock
 */
export async function lockDirectory(directory: string): Promise<AsyncDisposable> {
  const address = await socketAddress(directory)
  for (;;) {
    const existing = statSync(address, { throwIfNoEntry: false })
    const server = createServer((connection) => connection.destroy())
    const error = await listen(server, address)
    if (error === undefined) {
      server.unref()
      return { [Symbol.asyncDispose]: () => close(server) }
    }
    if (error.code !== 'EADDRINUSE' || existing?.isSocket() === false) throw error
    if (!(await isAbandoned(address))) throw new DatabaseLockedError(directory)
    removeUnlessReplaced(address, existing)
  }
}

/** Returns one address per real path: beside the directory, or in /tmp if too long. */
async function socketAddress(directory: string): Promise<string> {
  const parent = await realpath(path.dirname(directory))
  const real = path.join(parent, path.basename(directory))
  const name = `kinpass-${createHash('sha256').update(real).digest('hex').slice(0, 24)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const sibling = `${real}.lock`
  return Buffer.byteLength(sibling) <= SOCKET_PATH_BYTES ? sibling : `/tmp/${name}.lock`
}

/** Removes the socket of a killed process, unless another process has replaced it. */
function removeUnlessReplaced(address: string, existing: Stats | undefined): void {
  const current = statSync(address, { throwIfNoEntry: false })
  if (current?.ino === existing?.ino && current?.ctimeMs === existing?.ctimeMs)
    rmSync(address, { force: true })
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

/** Whether no process listens on the socket. False on other errors, such as missing permission. */
function isAbandoned(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT')
    })
  })
}
