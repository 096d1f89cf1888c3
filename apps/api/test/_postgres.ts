import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { chown, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

export interface PostgresServer extends AsyncDisposable {
  /** The address of one of its databases. */
  url(database: string): string
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'max_connections=300',
]

// Runs the server and ends it when standard input ends, which happens however the process that started it ends.
const GUARD = `
  exec 3<&0
  "$@" & server=$!
  (read -r _ <&3; kill -INT $server) &
  wait $server
  rm -rf "$FOLDER"`

/** Finds PostgreSQL's programs on this machine, or says where they were looked for. */
export function findPostgres(): { programs: string } | { missing: string } {
  const onPath = (process.env.PATH ?? '').split(path.delimiter)
  const programs = [...onPath, ...installedVersions()].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(path.join(folder, program))),
  )
  return programs === undefined
    ? { missing: 'there is no initdb and postgres on PATH, in /usr/lib/postgresql or in /usr/pgsql-*' }
    : { programs: realpathSync(programs) }
}

/** Where Debian and Red Hat put PostgreSQL, off the PATH; the highest version first. */
function installedVersions(): string[] {
  const roots = [
    ...list('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...list('/usr')
      .filter((name) => name.startsWith('pgsql-'))
      .map((name) => `/usr/${name}/bin`),
  ]
  return roots.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

const list = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])

/** Starts an empty server in a temporary folder. It ends, and the folder goes, with this process at the latest. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-postgres-'))
  const cluster = path.join(folder, 'cluster')
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {} // PostgreSQL refuses to run as root.
  if (nobody.uid !== undefined) await chown(folder, nobody.uid, nobody.gid)
  const initdb = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(path.join(programs, 'initdb'), initdb, { ...nobody, cwd: '/' })

  const port = await freePort()
  const server = [
    path.join(programs, 'postgres'),
    '-D',
    cluster,
    '-p',
    `${port}`,
    ...SETTINGS.flatMap((s) => ['-c', s]),
  ]
  const guard = spawn('sh', ['-c', GUARD, 'sh', ...server], {
    ...nobody,
    cwd: '/',
    env: { ...process.env, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()))
  let said = ''
  await new Promise<void>((resolve, reject) => {
    guard.stderr.on('data', (text) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    guard.once('exit', () => reject(new Error(`PostgreSQL ended at once: ${said}`)))
  })
  return {
    url: (database) => `postgresql://postgres@127.0.0.1:${port}/${database}`,
    async [Symbol.asyncDispose]() {
      guard.stdin.end()
      await ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
