// Measures `node dist/main.js` with an existing embedded database: the time from its start to its first response, and
// its resident memory then. Run `pnpm run build` before.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../test/_free-port.ts'

const RUNS = 7
const main = new URL('../dist/main.js', import.meta.url).pathname
if (!existsSync(main)) throw new Error('dist/main.js is missing: run `pnpm run build`')

interface Start {
  readonly milliseconds: number
  readonly residentMiB: number
}

const directory = await mkdtemp(path.join(tmpdir(), 'kinpass-start-'))
const port = await findFreePort()
const env = {
  PATH: process.env.PATH,
  PORT: String(port),
  LOG_LEVEL: 'warn',
  DATABASE_URL: `pglite:${path.join(directory, 'database')}`,
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  TOKEN_SECRET: 'a token secret for this benchmark only',
  DATA_SECRET: 'a data secret for this benchmark only',
}
try {
  const first = await start()
  const starts: Start[] = []
  const baselines: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    baselines.push(await startPlainNode())
    starts.push(await start())
  }
  const milliseconds = median(starts.map((start) => start.milliseconds))
  const residentMiB = Math.max(...starts.map((start) => start.residentMiB))
  const fastest = Math.min(...starts.map((start) => start.milliseconds))
  process.stdout.write(`first start, which creates the database: ${Math.round(first.milliseconds)} ms
start to first response, median of ${RUNS}: ${Math.round(milliseconds)} ms (fastest ${Math.round(fastest)} ms; goal 1000 ms)
as a ratio to a plain \`node --eval 0\` (${Math.round(median(baselines))} ms): ${(milliseconds / median(baselines)).toFixed(1)}
resident, maximum of ${RUNS}: ${Math.round(residentMiB)} MiB (goal 250 MiB)
`)
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function start(): Promise<Start> {
  const before = performance.now()
  const api = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = new Promise((resolve) => api.once('exit', resolve))
  while (!(await isReady())) if (api.exitCode !== null) throw new Error('the API ended at its start')
  const milliseconds = performance.now() - before
  const status = await readFile(`/proc/${api.pid}/status`, 'utf8').catch(() => '') // Linux only.
  api.kill('SIGTERM')
  await exited
  return { milliseconds, residentMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024 }
}

async function isReady(): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`)
    return ok
  } catch {
    return await new Promise((resolve) => setTimeout(resolve, 5, false)) // The API does not listen yet.
  }
}

async function startPlainNode(): Promise<number> {
  const before = performance.now()
  const node = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' })
  await new Promise((resolve) => node.once('exit', resolve))
  return performance.now() - before
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
