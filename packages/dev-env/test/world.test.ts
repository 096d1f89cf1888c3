import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startWorld } from '../src/world/world.ts'
import { callApi, logInViaApi } from './_api-client.ts'

async function makeTemporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-world-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function occupyPort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('A TCP server has an address with a port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

test('a login succeeds in a world without settings', async () => {
  await using world = await startWorld()
  expect((await logInViaApi(world, world.wechat.person('alice'))).isNew).toBe(true)
})

test('the clock of the sandbox is the clock of the API', async () => {
  await using world = await startWorld()
  const { token, expiresInSeconds } = await logInViaApi(world, world.wechat.person('alice'))
  const { me } = callApi(world.apiUrl, token)
  await me.query()
  world.wechat.clock.advance((expiresInSeconds + 1) * 1000)
  await expect(me.query()).rejects.toMatchObject({ data: { httpStatus: 401 } })
})

test.each([
  ['api', 'PORT'],
  ['wechat', 'WECHAT_SANDBOX_PORT'],
  ['control', 'WECHAT_CONTROL_PORT'],
  ['h5', 'H5_PORT'],
] as const)('an error names the %s port that is in use and the setting %s', async (server, setting) => {
  await using occupied = await occupyPort()
  const starting = startWorld({ ports: { [server]: occupied.port }, h5: await makeTemporaryFolder() })
  await expect(starting).rejects.toThrow(new RegExp(`Port ${occupied.port} is in use.*\\b${setting}=`, 's'))
})

test('a second world with the same database folder is refused', async () => {
  const env = { DATABASE_URL: `pglite:${path.join(await makeTemporaryFolder(), 'database')}` }
  await using _first = await startWorld({ env })
  await expect(startWorld({ env })).rejects.toThrow(/database/i)
})
