import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { median, printNote, printRatio } from './_figures.ts'
import { load } from './_load.ts'

const ROUNDS = 7
const CALLS = 1_500
const CONCURRENCY = 8

/** Measures the CPU time per call of `me`. The baseline is a plain Fastify route that serves the same row. */
export async function measureMe(databaseUrl: string): Promise<void> {
  const script = path.join(import.meta.dirname, '_servers.ts')
  const servers = spawn(process.execPath, ['--import', 'tsx', script, databaseUrl], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: servers.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => String((await lines.next()).value)
  const { token, ...urls } = JSON.parse(await nextLine()) as Record<
    'token' | 'me' | 'meLogging' | 'prisma' | 'pg',
    string
  > // The line that _servers.ts writes.
  const cpu = async () => {
    servers.stdin.write('\n')
    return Number(await nextLine())
  }

  const perCall: Record<keyof typeof urls, number[]> = { me: [], meLogging: [], prisma: [], pg: [] }
  const names = Object.keys(perCall) as (keyof typeof urls)[] // The keys of the literal above.
  for (const name of names) await load(urls[name], { calls: CALLS, concurrency: CONCURRENCY, token }) // warm-up
  for (let round = 0; round < ROUNDS; round++)
    for (const name of names) {
      const before = await cpu()
      await load(urls[name], { calls: CALLS, concurrency: CONCURRENCY, token })
      perCall[name].push(((await cpu()) - before) / CALLS)
    }
  servers.stdin.end()

  const { me, meLogging, prisma, pg } = Object.fromEntries(
    names.map((name) => [name, median(perCall[name])]),
  ) as Record<keyof typeof urls, number> // The names are its keys.
  for (const [name, us] of Object.entries({ me, meLogging, prisma, pg }))
    printNote(`${name.padEnd(10)} ${us.toFixed(0).padStart(6)} us of CPU per call`)
  printRatio('me over HTTP, CPU, against a plain route through Prisma', me / prisma, { atMost: 1.5 })
  printRatio('me over HTTP, CPU, against a plain route through pg', me / pg, undefined)
  printRatio(
    'me with a log line per call, against a plain route through Prisma',
    meLogging / prisma,
    undefined,
  )
}
