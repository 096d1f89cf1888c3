import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { callApi } from './_api-client.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The test fails only when the process hangs: a first build may take minutes. */
const START_TIMEOUT_MS = 20 * 60_000

/**
 * Returns ports that are free now and stay free while the build runs.
 *
 * They are below the range from which operating systems choose ports (32768 and up) and above the one that the tests of
 * the API reserve (20000 to 29999), so no other process gets one by chance. The process id spreads parallel runs.
 */
async function findFreePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  for (let port = 30_100 + ((process.pid * 8) % 2_400); ports.length < count; port += 1) {
    if (await isFree(port)) ports.push(port)
  }
  return ports
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

/** Runs `npm start` in a process group of its own, as a terminal does. */
function start(settings: Record<string, string>) {
  // Vitest sets NODE_ENV, which would change the builds.
  const { NODE_ENV: _NODE_ENV, ...env } = process.env
  const child = spawn(process.execPath, ['tooling/start.mjs'], {
    cwd: root,
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const closed = once(child, 'close')
  onTestFinished(async () => {
    signalGroup(child, 'SIGKILL')
    await closed
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const prints = async (text: string) => {
    const onClose = closed.then(() => {
      throw new Error(`The process ended without printing “${text}”:\n${output}`)
    })
    while (!output.includes(text)) await Promise.race([once(child.stdout, 'data'), onClose])
    onClose.catch(() => {}) // The process may end now.
  }
  return { child, closed, prints }
}

/** Sends a signal to the process and its descendants. Returns false when none of them is running. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal)
  } catch {
    return false
  }
}

test('npm start serves the page, a login with its codes succeeds, and Ctrl-C ends every process', {
  timeout: START_TIMEOUT_MS,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const ports = await findFreePorts(4)
  const [api, h5, wechat, control] = ports.map(String)
  const { child, closed, prints } = start({
    PORT: String(api),
    H5_PORT: String(h5),
    WECHAT_SANDBOX_PORT: String(wechat),
    WECHAT_CONTROL_PORT: String(control),
    DATABASE_URL: `pglite:${path.join(folder, 'database')}`,
  })
  const pageUrl = `http://127.0.0.1:${h5}`
  await prints(`Open       ${pageUrl}`)
  await prints('Press Ctrl-C to stop')

  const page = await (await fetch(pageUrl)).text()
  const [script] = /\/js\/app[^"]*\.js/.exec(page) ?? []
  expect((await fetch(`${pageUrl}${script}`)).headers.get('content-type')).toContain('javascript')

  const getCode = async (kind: 'login-code' | 'phone-code'): Promise<string> => {
    const response = await fetch(`${pageUrl}/_sandbox/people/alice/${kind}`, { method: 'POST', body: '{}' })
    const { code } = (await response.json()) as { code: string } // The control plane's response to both.
    return code
  }
  const input = { code: await getCode('login-code'), phoneCode: await getCode('phone-code') }
  expect((await callApi(pageUrl).login.mutate(input)).isNew).toBe(true)

  signalGroup(child, 'SIGINT')
  await closed
  await expect.poll(() => signalGroup(child, 0)).toBe(false)
  for (const port of ports) expect(await isFree(port), `port ${port} is free`).toBe(true)
})
