// An API in a process of its own: `node child-api.mjs '{"env":{…},"crashPoint":"…"}'`. Writes its URL to standard
// output and kills itself at the crash point.

import { type AppOverrides, createApp, createLogger, readConfig } from '../src/index.ts'
import { openKeyValue } from '../src/keyvalue/open-key-value.ts'
import type { CrashPoint } from './_crash-points.ts'

const { env, crashPoint } = JSON.parse(process.argv[2] ?? '{}') as {
  env: Record<string, string>
  crashPoint?: CrashPoint
}

/** Ends the process without any cleanup, like a power cut or the kernel's out-of-memory killer. */
async function pass(point: CrashPoint): Promise<void> {
  if (point !== crashPoint) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

const config = readConfig(env)
const logger = createLogger('warn')
const clock = () => new Date()
const keyValue = await openKeyValue(config.REDIS_URL, { clock, logger })

const overrides: AppOverrides = {
  logger,
  clock,
  keyValue: {
    ...keyValue,
    async setIfAbsent(key, value, ttl) {
      const kind = /^asked:(login|phone)-code:/.exec(key)?.[1] as 'login' | 'phone' | undefined // as in the pattern
      if (kind === undefined) return await keyValue.setIfAbsent(key, value, ttl)
      await pass(`before the claim of the ${kind} code`)
      const isSet = await keyValue.setIfAbsent(key, value, ttl)
      await pass(`after the claim of the ${kind} code`)
      return isSet
    },
  },
  async fetch(input, init) {
    const endpoint = new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1)
    if (endpoint !== 'jscode2session' && endpoint !== 'getuserphonenumber') return await fetch(input, init)
    await pass(`before ${endpoint}`)
    const response = await fetch(input, init)
    await pass(`after ${endpoint}`)
    return response
  },
  wrapStores: (stores) => ({
    ...stores,
    async transaction(work) {
      const result = await stores.transaction(async (tx) => {
        const uncommitted = await work({
          ...tx,
          members: {
            ...tx.members,
            async findOrCreate(identity) {
              await pass('at the start of the transaction')
              const member = await tx.members.findOrCreate(identity)
              await pass('after the member is written')
              return member
            },
          },
          sessions: {
            ...tx.sessions,
            async start(session) {
              const isStarted = await tx.sessions.start(session)
              await pass('after the session is written')
              return isStarted
            },
          },
        })
        await pass('before the commit')
        return uncommitted
      })
      await pass('after the commit')
      return result
    },
  }),
}

const app = await createApp(config, overrides)
await app.ready
const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${url}\n`)
process.stdin.resume().once('end', () => process.exit()) // The parent process has ended.
