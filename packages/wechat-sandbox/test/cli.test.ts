import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runSandboxCli } from '../src/cli/main.ts'

/** Runs the command. It is stopped when `whileRunning`, called with its output so far, is done. */
async function run(
  args: readonly string[],
  whileRunning: (output: string) => Promise<void> = async () => {},
) {
  let [output, errorOutput] = ['', '']
  const exitCode = await runSandboxCli(args, {
    writeOutput(text) {
      output += text
    },
    writeError(text) {
      errorOutput += text
    },
    untilStopped: () => whileRunning(output),
  })
  return { exitCode, output, errorOutput }
}

async function writeSeedFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'people.json')
  await writeFile(path, content)
  return path
}

const addressesIn = (output: string) => output.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []

test('--help lists every option', async () => {
  const { exitCode, output } = await run(['--help'])
  expect(exitCode).toBe(0)
  for (const option of ['--port', '--control-port', '--host', '--seed', '--strict'])
    expect(output).toContain(option)
})

test('the command prints its address, and the control plane is off by default', async () => {
  const { exitCode, output } = await run(['--port', '0'], async (startOutput) => {
    const [address] = addressesIn(startOutput)
    expect(await (await fetch(`${address}/cgi-bin/token`)).text()).toContain('appid missing')
  })
  expect(exitCode).toBe(0)
  expect(addressesIn(output)).toHaveLength(1)
  expect(output).toContain('off: add --control-port')
})

test.each([
  [
    '{ "people": [{ "name": "dave", "phones": ["+8613800008915"] }], "apps": [{ "appId": "wxseed" }] }',
    'wxseed',
  ],
  ['[{ "name": "dave" }]', 'appid'],
])('the command reads the seed file %s', async (content, expected) => {
  const path = await writeSeedFile(content)
  const { output } = await run(
    ['--port', '0', '--control-port', '0', '--strict', '--seed', path],
    async (startOutput) => {
      const people = await (await fetch(`${addressesIn(startOutput)[1]}/_sandbox/people`)).text()
      expect(people).toContain('dave')
      expect(people).not.toContain('alice')
    },
  )
  expect(output).toContain(expected)
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', 'x'], '--port is invalid'],
  [['--port', '70000'], '--port is invalid'],
  [['--seed', '/nowhere/people.json'], 'the seed file does not exist'],
])('the arguments %j end with exit code 1 and the message: %s', async (args, message) => {
  const { exitCode, errorOutput } = await run(args)
  expect(exitCode).toBe(1)
  expect(errorOutput).toContain(message)
})

test.each([
  ['{ "people": [', 'the seed file is not JSON'],
  ['{ "people": [{ "nam": "dave" }] }', 'is invalid at people.0'],
])('the seed file %s ends with exit code 1 and the message: %s', async (content, message) => {
  const { exitCode, errorOutput } = await run(['--port', '0', '--seed', await writeSeedFile(content)])
  expect(exitCode).toBe(1)
  expect(errorOutput).toContain(message)
})

test('a taken port ends with exit code 1 and a message that names the port', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { exitCode, errorOutput } = await run(['--port', port])
  expect(exitCode).toBe(1)
  expect(errorOutput).toContain(`port ${port} is taken`)
})
