import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { median, note, print } from './_figures.ts'
import { load } from './_load.ts'

const rounds = 7
const calls = 1_500
const atOnce = 8

/** CPU per call of `me`, against the same row through a bare Fastify route in the same process. */
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
  > // the line that _servers.ts writes
  const cpu = async () => {
    servers.stdin.write('\n')
    return Number(await nextLine())
  }

  const perCall: Record<keyof typeof urls, number[]> = { me: [], meLogging: [], prisma: [], pg: [] }
  const names = Object.keys(perCall) as (keyof typeof urls)[] // of the object one line above
  for (const name of names) await load(urls[name], { calls, atOnce, token }) // warm
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const before = await cpu()
      await load(urls[name], { calls, atOnce, token })
      perCall[name].push(((await cpu()) - before) / calls)
    }
  servers.stdin.end()

  const { me, meLogging, prisma, pg } = Object.fromEntries(
    names.map((name) => [name, median(perCall[name])]),
  ) as Record<keyof typeof urls, number> // the same names
  for (const [name, us] of Object.entries({ me, meLogging, prisma, pg }))
    note(`${name.padEnd(10)} ${us.toFixed(0).padStart(6)} us of CPU per call`)
  print('me over HTTP, CPU, against a bare route through Prisma', me / prisma, { atMost: 1.5 })
  print('me over HTTP, CPU, against a bare route through pg', me / pg, undefined)
  print('me with a log line per call, against the bare route through Prisma', meLogging / prisma, undefined)
}
