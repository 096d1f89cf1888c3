import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { chown, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { startOnFreePort } from './_free-port.ts'

export interface PostgresServer extends AsyncDisposable {
  /** The URL of one of its databases. */
  url(database: string): string
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'max_connections=300',
]

// Runs the server until standard input ends, which happens however the parent process ends; then removes its directory.
const GUARD = `
  exec 3<&0
  "$@" & server=$!
  (read -r _ <&3; kill -INT $server) &
  wait $server
  rm -rf "$DIRECTORY"`

/** Finds the programs of PostgreSQL on this machine, or reports where they were searched. */
export function findPostgres(): { programs: string } | { missing: string } {
  const onPath = (process.env.PATH ?? '').split(path.delimiter)
  const programs = [...onPath, ...installedVersions()].find((directory) =>
    ['initdb', 'postgres'].every((program) => existsSync(path.join(directory, program))),
  )
  return programs === undefined
    ? { missing: 'there is no initdb and postgres on PATH, in /usr/lib/postgresql or in /usr/pgsql-*' }
    : { programs: realpathSync(programs) }
}

/** Where Debian and Red Hat install PostgreSQL, off the PATH; the highest version first. */
function installedVersions(): string[] {
  const directories = [
    ...list('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...list('/usr')
      .filter((name) => name.startsWith('pgsql-'))
      .map((name) => `/usr/${name}/bin`),
  ]
  return directories.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

const list = (directory: string) => (existsSync(directory) ? readdirSync(directory) : [])

/** Starts an empty server in a temporary directory. Both are removed when this process ends. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  return await startOnFreePort((port) => startOn(port, programs))
}

async function startOn(port: number, programs: string): Promise<PostgresServer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'kinpass-postgres-'))
  const cluster = path.join(directory, 'cluster')
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {} // PostgreSQL refuses to run as root.
  if (user.uid !== undefined) await chown(directory, user.uid, user.gid)
  const initdb = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(path.join(programs, 'initdb'), initdb, { ...user, cwd: '/' })

  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  const server = [path.join(programs, 'postgres'), '-D', cluster, '-p', `${port}`, ...settings]
  const guard = spawn('sh', ['-c', GUARD, 'sh', ...server], {
    ...user,
    cwd: '/',
    env: { ...process.env, DIRECTORY: directory },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => guard.once('exit', () => resolve()))
  let output = ''
  await new Promise<void>((resolve, reject) => {
    guard.stderr.on('data', (text) => {
      output += text
      if (output.includes('ready to accept connections')) resolve()
    })
    guard.once('exit', () => reject(new Error(`PostgreSQL ended at its start: ${output}`)))
  })
  return {
    url: (database) => `postgresql://postgres@127.0.0.1:${port}/${database}`,
    async [Symbol.asyncDispose]() {
      guard.stdin.end()
      await exited
    },
  }
}
