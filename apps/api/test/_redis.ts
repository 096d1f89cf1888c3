import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startOnFreePort } from './_free-port.ts'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Stops the process with SIGSTOP: connections stay open without responses to commands. */
  freeze(): void
  /** Continues a frozen process. */
  thaw(): void
}

/** The `redis-server` on PATH, or undefined. With KINPASS_REQUIRE_ALL=1 its absence is an error. */
export function findRedisServer(): string | undefined {
  const directories = (process.env.PATH ?? '').split(path.delimiter)
  const found = directories
    .map((directory) => path.join(directory, 'redis-server'))
    .find((file) => existsSync(file))
  if (found === undefined && process.env.KINPASS_REQUIRE_ALL === '1') {
    throw new Error('KINPASS_REQUIRE_ALL is set and PATH has no redis-server: install Redis')
  }
  return found
}

/** Starts an empty Redis on loopback without persistence. It ends with this process at the latest. */
export async function startRedis(program: string): Promise<RedisServer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'kinpass-redis-'))
  return await startOnFreePort((port) => startOn(port, program, directory))
}

async function startOn(port: number, program: string, directory: string): Promise<RedisServer> {
  const settings = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', directory]
  const server = spawn(program, [...settings, '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  let output = ''
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text) => {
      output += text
      if (output.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Redis ended at its start: ${output}`)))
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      kill()
      await exited
      await rm(directory, { recursive: true, force: true })
    },
  }
}
