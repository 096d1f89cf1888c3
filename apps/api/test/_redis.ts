import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Stops the server as a dying machine would: connections stay open, nothing answers. */
  freeze(): void
  thaw(): void
}

/** The `redis-server` on PATH, or undefined. With KINPASS_REQUIRE_ALL=1 its absence is a failure. */
export function findRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const found = folders.map((folder) => path.join(folder, 'redis-server')).find((file) => existsSync(file))
  if (found === undefined && process.env.KINPASS_REQUIRE_ALL === '1') {
    throw new Error('KINPASS_REQUIRE_ALL is set, and no redis-server stands on PATH')
  }
  return found
}

/** Starts an empty Redis on loopback that keeps nothing. It ends with this process at the latest. */
export async function startRedis(program: string): Promise<RedisServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-redis-'))
  const port = await freePort()
  const settings = [
    '--bind',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const server = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text) => {
      said += text
      if (said.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Redis ended at once: ${said}`)))
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      kill()
      await ended
      await rm(folder, { recursive: true, force: true })
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
