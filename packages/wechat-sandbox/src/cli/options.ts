import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { SandboxOptions } from '../sandbox/sandbox.ts'
import { PersonSeed, parseInput, SeedFile } from '../state/seeds.ts'

export const HELP = `wechat-sandbox: WeChat on localhost, as strict as the real one.

  wechat-sandbox [options]

  --port <n>          where WeChat listens; default 4380, 0 for any free port
  --control-port <n>  opens the control plane and its page there; off when left out
  --host <address>    default 127.0.0.1
  --seed <file>       people and apps, as JSON: { "people": [{ "name": "alice", "phones": ["+8613800008915"] }] }
  --strict            where WeChat has not published what it does, refuse more
  --help              this text
`

const Port = z.coerce.number().int().min(0).max(65_535)

/** The sandbox that the arguments ask for, with the seed file read; `'help'` when they ask for the text. */
export async function readCliOptions(args: readonly string[]): Promise<SandboxOptions | 'help'> {
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
    port: parseInput(Port, values.port, '--port'),
    controlPort: controlPort === undefined ? false : parseInput(Port, controlPort, '--control-port'),
    host: values.host,
    strict: values.strict,
    ...(values.seed === undefined ? {} : await readSeedFile(values.seed)),
  }
}

/** A list is a list of people. */
async function readSeedFile(path: string): Promise<SandboxOptions> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  const { seed, apps, people } = Array.isArray(content)
    ? { people: parseInput(z.array(PersonSeed), content, path) }
    : parseInput(SeedFile, content, path)
  return { ...(seed && { seed }), ...(apps && { apps }), ...(people && { people }) }
}
