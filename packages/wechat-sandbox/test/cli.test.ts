import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runSandboxCli } from '../src/cli/main.ts'

/** Runs the command, and stops it as soon as it has shown its addresses and `during` is done with them. */
async function run(args: readonly string[], during: (shown: string) => Promise<void> = async () => {}) {
  let [shown, complaint] = ['', '']
  const exitCode = await runSandboxCli(args, {
    write(text) {
      shown += text
    },
    complain(text) {
      complaint += text
    },
    untilStopped: () => during(shown),
  })
  return { exitCode, shown, complaint }
}

async function seedFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'people.json')
  await writeFile(path, content)
  return path
}

const addressesIn = (shown: string) => shown.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []

test('it shows what it can do', async () => {
  const { exitCode, shown } = await run(['--help'])
  expect(exitCode).toBe(0)
  for (const option of ['--port', '--control-port', '--host', '--seed', '--strict'])
    expect(shown).toContain(option)
})

test('it shows its address, and the control plane is off unless asked for', async () => {
  const { exitCode, shown } = await run(['--port', '0'], async (soFar) => {
    const [address] = addressesIn(soFar)
    expect(await (await fetch(`${address}/cgi-bin/token`)).text()).toContain('appid missing')
  })
  expect(exitCode).toBe(0)
  expect(addressesIn(shown)).toHaveLength(1)
  expect(shown).toContain('off: add --control-port')
})

test.each([
  [
    '{ "people": [{ "name": "dave", "phones": ["+8613800008915"] }], "apps": [{ "appId": "wxseed" }] }',
    'wxseed',
  ],
  ['[{ "name": "dave" }]', 'appid'],
])('it takes people from a file (%s)', async (content, expected) => {
  const path = await seedFile(content)
  const { shown } = await run(
    ['--port', '0', '--control-port', '0', '--strict', '--seed', path],
    async (soFar) => {
      const people = await (await fetch(`${addressesIn(soFar)[1]}/_sandbox/people`)).text()
      expect(people).toContain('dave')
      expect(people).not.toContain('alice')
    },
  )
  expect(shown).toContain(expected)
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', 'x'], '--port cannot be read'],
  [['--port', '70000'], '--port cannot be read'],
  [['--seed', '/nowhere/people.json'], 'there is no such seed file'],
])('%j: a wrong option gets a sentence', async (args, sentence) => {
  const { exitCode, complaint } = await run(args)
  expect(exitCode).toBe(1)
  expect(complaint).toContain(sentence)
})

test.each([
  ['{ "people": [', 'the seed file is not JSON'],
  ['{ "people": [{ "nam": "dave" }] }', 'cannot be read at people.0'],
])('a wrong seed file gets a sentence (%s)', async (content, sentence) => {
  const { exitCode, complaint } = await run(['--port', '0', '--seed', await seedFile(content)])
  expect(exitCode).toBe(1)
  expect(complaint).toContain(sentence)
})

test('a taken port is named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { exitCode, complaint } = await run(['--port', port])
  expect(exitCode).toBe(1)
  expect(complaint).toContain(`port ${port} is taken`)
})
