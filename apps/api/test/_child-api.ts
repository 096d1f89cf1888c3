// An instance of the API in a process of its own: `node child-api.mjs '{"environment":{…},"diesAt":"…"}'`. It tells its
// address on standard output, and kills itself at the step of a login that it is given.

import { createApp, createLogger, readConfig, type AppOverrides } from '../src/index.ts'
import { openKeyValue } from '../src/keyvalue/open-key-value.ts'
import type { Step } from './_child-steps.ts'

const { environment, diesAt } = JSON.parse(process.argv[2] ?? '{}') as {
  environment: Record<string, string>
  diesAt?: Step
}

/** Nothing of this process goes on: as with a power cut, or the kernel's out-of-memory killer. */
async function at(step: Step): Promise<void> {
  if (step !== diesAt) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

const settings = readConfig(environment)
const logger = createLogger('warn')
const clock = () => new Date()
const keyValue = await openKeyValue(settings.REDIS_URL, { clock, logger })

const seams: AppOverrides = {
  logger,
  clock,
  keyValue: {
    ...keyValue,
    async setIfAbsent(key, value, life) {
      const kind = /^asked:(login|phone)-code:/.exec(key)?.[1]
      if (kind === undefined) return await keyValue.setIfAbsent(key, value, life)
      await at(`before the claim of the ${kind as 'login' | 'phone'} code`)
      const isSet = await keyValue.setIfAbsent(key, value, life)
      await at(`after the claim of the ${kind as 'login' | 'phone'} code`)
      return isSet
    },
  },
  async fetch(input, init) {
    const endpoint = new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1)
    if (endpoint !== 'jscode2session' && endpoint !== 'getuserphonenumber') return await fetch(input, init)
    await at(`before ${endpoint}`)
    const answer = await fetch(input, init)
    await at(`after ${endpoint}`)
    return answer
  },
  wrapStores: (records) => ({
    ...records,
    async transaction(work) {
      const done = await records.transaction(async (tx) => {
        const result = await work({
          ...tx,
          members: {
            ...tx.members,
            async findOrCreate(arrival) {
              await at('at the beginning of the transaction')
              const entered = await tx.members.findOrCreate(arrival)
              await at('after the member is written')
              return entered
            },
          },
          sessions: {
            ...tx.sessions,
            async start(session) {
              const begun = await tx.sessions.start(session)
              await at('after the session is written')
              return begun
            },
          },
        })
        await at('before the commit')
        return result
      })
      await at('after the commit')
      return done
    },
  }),
}

const api = await createApp(settings, seams)
await api.ready
const url = await api.server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${url}\n`)
process.stdin.resume().once('end', () => process.exit()) // whoever started it is gone
