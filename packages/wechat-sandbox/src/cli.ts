import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { SandboxMisused } from './misused.ts'
import type { Sandbox } from './sandbox.ts'
import { PersonSeed, parseSeed, SeedFile } from './seeds.ts'
import { startSandbox } from './start-sandbox.ts'

const HELP = `wechat-sandbox: WeChat on localhost, as strict as the real one.

  wechat-sandbox [options]

  --port <n>          where WeChat listens; default 4380, 0 for any free port
  --control-port <n>  opens the control plane and its page there; off when left out
  --host <address>    default 127.0.0.1
  --seed <file>       people and apps, as JSON: { "people": [{ "name": "alice", "phones": ["+8613800008915"] }] }
  --strict            where WeChat has not published what it does, refuse more
  --help              this text
`

/** What the command needs of its process, so that a test can stand in for it. */
export interface CliHost {
  write(text: string): void
  complain(text: string): void
  /** Resolves when the person asks the command to end. */
  untilStopped(): Promise<void>
}

/** Runs the command until it is stopped. Resolves to the exit code. */
export async function runCli(args: readonly string[], host: CliHost): Promise<number> {
  try {
    const options = readOptions(args)
    if (options === 'help') {
      host.write(HELP)
      return 0
    }
    await using sandbox = await startSandbox(await withSeedFile(options))
    host.write(describe(sandbox))
    await host.untilStopped()
    return 0
  } catch (thrown) {
    const sentence = toSentence(thrown)
    if (sentence === undefined) throw thrown
    host.complain(`wechat-sandbox: ${sentence}\n`)
    return 1
  }
}

/** The real process, for the bin. */
export function processHost(): CliHost {
  return {
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    async untilStopped() {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    },
  }
}

interface CliOptions {
  readonly port: number
  readonly controlPort: number | false
  readonly host: string
  readonly strict: boolean
  readonly seedFile: string | undefined
}

const Port = z.coerce.number().int().min(0).max(65_535)

function readOptions(args: readonly string[]): CliOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4380' },
      'control-port': { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      seed: { type: 'string' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const controlPort = values['control-port']
  return {
    port: parseSeed(Port, values.port, '--port'),
    controlPort: controlPort === undefined ? false : parseSeed(Port, controlPort, '--control-port'),
    host: values.host,
    strict: values.strict,
    seedFile: values.seed,
  }
}

async function withSeedFile({ seedFile, ...options }: CliOptions) {
  return seedFile === undefined ? options : { ...options, ...(await readSeedFile(seedFile)) }
}

async function readSeedFile(path: string): Promise<SeedFile> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  return Array.isArray(content)
    ? { people: parseSeed(z.array(PersonSeed), content, path) }
    : parseSeed(SeedFile, content, path)
}

function describe({ url, controlUrl, app }: Sandbox): string {
  const lines = [
    'WeChat is on localhost.',
    '',
    `  instead of https://api.weixin.qq.com   ${url}`,
    `  appid                                  ${app.appId}`,
    `  secret                                 ${app.secret}`,
    `  people, codes, clock, faults           ${controlUrl ? `${controlUrl}/` : 'off: add --control-port 4381'}`,
    '',
    'Ctrl-C ends it.',
    '',
  ]
  return lines.join('\n')
}

/** A sentence for what a person can mend; undefined for a bug. */
function toSentence(thrown: unknown): string | undefined {
  if (thrown instanceof SandboxMisused) return thrown.message
  if (thrown instanceof SyntaxError) return `the seed file is not JSON: ${thrown.message}`
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  switch (thrown.code) {
    case 'EADDRINUSE': {
      const port = 'port' in thrown ? String(thrown.port) : ''
      return `port ${port} is taken: choose another with --port or --control-port`
    }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address: choose another with --host'
    case 'ENOENT':
      return 'there is no such seed file: check the path after --seed'
    default:
      return String(thrown.code).startsWith('ERR_PARSE_ARGS') ? `${thrown.message}\n\n${HELP}` : undefined
  }
}
