import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AppRouter } from '@kinpass/contracts'
import { createTRPCClient, httpLink } from '@trpc/client'
import { expect, test } from 'vitest'
import { startWorld } from '../src/world/world.ts'

async function takePort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

test('a world with nothing configured lets alice in', async () => {
  await using world = await startWorld()
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${world.apiUrl}/trpc` })] })
  const alice = world.wechat.person('alice')
  const answer = await client.login.mutate({ code: alice.tapsLogin(), phoneCode: alice.allowsPhone() })
  expect(answer.isNew).toBe(true)
})

test('the clock of the local WeChat is the clock of the API', async () => {
  await using world = await startWorld()
  const alice = world.wechat.person('alice')
  const login = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${world.apiUrl}/trpc` })] }).login
  const { token, expiresInSeconds } = await login.mutate({
    code: alice.tapsLogin(),
    phoneCode: alice.allowsPhone(),
  })
  const me = () => fetch(`${world.apiUrl}/trpc/me`, { headers: { authorization: token } })
  expect((await me()).status).toBe(200)
  world.wechat.clock.advance((expiresInSeconds + 1) * 1000)
  expect((await me()).status).toBe(401)
})

test.each([
  ['api', 'PORT'],
  ['wechat', 'WECHAT_SANDBOX_PORT'],
  ['control', 'WECHAT_CONTROL_PORT'],
  ['h5', 'H5_PORT'],
] as const)('a taken port of %s is named with its setting', async (part, setting) => {
  await using taken = await takePort()
  const starting = startWorld({
    ports: { [part]: taken.port },
    h5: await mkdtemp(path.join(tmpdir(), 'kinpass-page-')),
  })
  await expect(starting).rejects.toThrow(new RegExp(`Port ${taken.port} is in use.*\\b${setting}=`, 's'))
})

test('a second copy on the same database folder is refused with a sentence', async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'kinpass-world-'))
  const env = { DATABASE_URL: `pglite:${path.join(parent, 'database')}` }
  {
    await using _first = await startWorld({ env })
    await expect(startWorld({ env })).rejects.toThrow(/database/i)
  }
  await rm(parent, { recursive: true })
})
