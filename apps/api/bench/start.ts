// How long `node dist/main.js` takes from its start to its first answer, with the embedded database already made, and
// how much memory is resident then. Run `pnpm run build` before.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const RUNS = 7
const main = new URL('../dist/main.js', import.meta.url).pathname
if (!existsSync(main)) throw new Error('there is no dist/main.js: run `pnpm run build` first')

interface Start {
  readonly milliseconds: number
  readonly residentMiB: number
}

const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-start-'))
const port = await freePort()
const settings = {
  PATH: process.env.PATH,
  PORT: String(port),
  LOG_LEVEL: 'warn',
  DATABASE_URL: `pglite:${path.join(folder, 'database')}`,
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  TOKEN_SECRET: 'a token secret that serves nobody but this benchmark',
  DATA_SECRET: 'a data secret that serves nobody but this benchmark',
}
try {
  const first = await start()
  const later: Start[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareStart())
    later.push(await start())
  }
  const milliseconds = median(later.map((one) => one.milliseconds))
  const residentMiB = Math.max(...later.map((one) => one.residentMiB))
  const fastest = Math.min(...later.map((one) => one.milliseconds))
  process.stdout.write(`first start, which makes the database: ${Math.round(first.milliseconds)} ms
start to first answer, median of ${RUNS}: ${Math.round(milliseconds)} ms (fastest ${Math.round(fastest)} ms; goal 1000 ms)
as a ratio to a bare \`node --eval 0\` (${Math.round(median(bare))} ms): ${(milliseconds / median(bare)).toFixed(1)}
resident, most of ${RUNS}: ${Math.round(residentMiB)} MiB (goal 250 MiB)
`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function start(): Promise<Start> {
  const before = performance.now()
  const api = spawn(process.execPath, [main], { env: settings, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = new Promise((resolve) => api.once('exit', resolve))
  while (!(await isReady())) if (api.exitCode !== null) throw new Error('the API ended at once')
  const milliseconds = performance.now() - before
  const status = await readFile(`/proc/${api.pid}/status`, 'utf8').catch(() => '') // Linux tells; others do not
  api.kill('SIGTERM')
  await ended
  return { milliseconds, residentMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024 }
}

async function isReady(): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`)
    return ok
  } catch {
    return await new Promise((resolve) => setTimeout(resolve, 5, false)) // nobody listens yet
  }
}

async function bareStart(): Promise<number> {
  const before = performance.now()
  const node = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' })
  await new Promise((resolve) => node.once('exit', resolve))
  return performance.now() - before
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number } // a TCP server has one
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}
