import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AppRouter } from '@kinpass/contracts'
import { createTRPCClient, httpLink } from '@trpc/client'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const minutes = 60_000

/** Takes ports for a moment, to know some that are free. */
async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)))
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

async function listen(port: number) {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** `npm start` as a person runs it, in a terminal of its own: what happens to it happens to all its processes. */
function start(settings: Record<string, string>) {
  // Vitest's own NODE_ENV would make the builds different ones.
  const { NODE_ENV: _NODE_ENV, ...environment } = process.env
  const child = spawn(process.execPath, ['tooling/start.mjs'], {
    cwd: root,
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  onTestFinished(() => void endAll(child, 'SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return {
    child,
    says: async (words: string) => {
      while (!said.includes(words)) {
        if (child.exitCode !== null) throw new Error(`It ended instead of saying “${words}”:\n${said}`)
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
      }
    },
  }
}

/** Sends a signal to the process and all that it started; false when none of them is left. */
function endAll({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal)
  } catch {
    return false
  }
}

test('npm start serves the page, lets alice in, and Ctrl-C ends all of it', {
  timeout: 10 * minutes,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const ports = await findFreePorts(4)
  const [api, h5, wechat, control] = ports.map(String)
  const { child, says } = start({
    PORT: String(api),
    H5_PORT: String(h5),
    WECHAT_SANDBOX_PORT: String(wechat),
    WECHAT_CONTROL_PORT: String(control),
    DATABASE_URL: `pglite:${path.join(folder, 'database')}`,
  })
  const pageUrl = `http://127.0.0.1:${h5}`
  await says(`Open       ${pageUrl}`)
  await says('Press Ctrl-C to stop')

  const page = await (await fetch(pageUrl)).text()
  const [script] = /\/js\/app[^"]*\.js/.exec(page) ?? []
  expect((await fetch(`${pageUrl}${script}`)).headers.get('content-type')).toContain('javascript')

  const ask = async (what: string): Promise<string> => {
    const asked = await fetch(`${pageUrl}/_sandbox/people/alice/${what}`, { method: 'POST', body: '{}' })
    const { code } = (await asked.json()) as { code: string } // The local WeChat's answer to both.
    return code
  }
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${pageUrl}/trpc` })] })
  const code = await ask('login-code')
  const answer = await client.login.mutate({ code, phoneCode: await ask('phone-code') })
  expect(answer.isNew).toBe(true)

  const exit = once(child, 'exit')
  endAll(child, 'SIGINT')
  await exit
  await expect.poll(() => endAll(child, 0), { timeout: 10_000 }).toBe(false)
  for (const port of ports) (await listen(port)).close()
})
