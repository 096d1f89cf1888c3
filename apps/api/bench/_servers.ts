// The servers of bench/me.ts in a process of their own, so that its CPU time is that of the servers. Serves the row of
// alice in several ways, writes the URLs, and writes the CPU time in microseconds for each line that it reads.
import { createInterface } from 'node:readline'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import Fastify from 'fastify'
import { openDatabase } from '../src/database/open-database.ts'
import { createApp, createLogger, readConfig } from '../src/index.ts'
import { createPrismaMemberStore } from '../src/members/prisma-member-store.ts'
import { toMember } from '../src/members/to-member.ts'
import { device } from '../test/_device.ts'

const [databaseUrl = ''] = process.argv.slice(2)
const wechat = await startSandbox()
const database = await openDatabase(databaseUrl)
const members = createPrismaMemberStore(database.prisma)
const quiet = await serveApi(wechat, 'silent')
const logging = await serveApi(wechat, 'info')
const { token, member } = await device({ url: quiet }, 'bench').login(wechat.person('alice'))
const id = BigInt(member.id)

const bare = Fastify()
bare.get('/prisma', async () => {
  const row = await members.byId(id)
  return row && toMember(row)
})
bare.get('/pg', async () => {
  const { rows } = await database.pool.query(
    'SELECT id::text, name AS "nickName", avatar, gender, phone, create_time FROM family_member WHERE id = $1',
    [member.id],
  )
  return rows[0] as object // the only row of that id
})
const bareUrl = await bare.listen({ port: 0 })

process.stdout.write(
  `${JSON.stringify({ token, me: `${quiet}/trpc/me`, meLogging: `${logging}/trpc/me`, prisma: `${bareUrl}/prisma`, pg: `${bareUrl}/pg` })}\n`,
)
for await (const _ of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage()
  process.stdout.write(`${user + system}\n`)
}
process.exit()

async function serveApi({ app, url, clock }: Sandbox, level: string): Promise<string> {
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    WECHAT_APP_ID: app.appId,
    WECHAT_APP_SECRET: app.secret,
    WECHAT_BASE_URL: url,
    TOKEN_SECRET: 'Qm9vbSBhIHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo',
    DATA_SECRET: 'Zml0dGluZyBkYXRhIHNlY3JldCBmb3IgdGhlIHRlc3Rz',
  })
  const logger = createLogger(level, { write: () => {} })
  const api = await createApp(config, { clock: () => clock.now(), logger })
  await api.ready
  return await api.server.listen({ port: 0, host: '127.0.0.1' })
}
