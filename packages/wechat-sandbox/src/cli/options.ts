import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { SandboxOptions } from '../sandbox/sandbox.ts'
import { PersonSeed, parseInput, SeedFile } from '../state/seeds.ts'

export const HELP = `wechat-sandbox: WeChat's mini-program login on localhost, as strict as the real one.

Usage: wechat-sandbox [options]

  --port <n>          port of WeChat's API; default 4380, 0 for any free port
  --control-port <n>  port of the control plane and its page; off by default, 0 for any free port
  --host <address>    address to listen on; default 127.0.0.1
  --seed <file>       people and apps, as JSON: { "people": [{ "name": "alice", "phones": ["+8613800008915"] }] }
  --strict            choose the stricter variant of behaviour that WeChat has not published
  --help              show this help
`

const Port = z.coerce.number().int().min(0).max(65_535)

/** Parses the arguments and reads the seed file. Returns `'help'` for --help. */
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

/** A seed file contains an object, or an array of people. */
async function readSeedFile(path: string): Promise<SandboxOptions> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  const { seed, apps, people } = Array.isArray(content)
    ? { people: parseInput(z.array(PersonSeed), content, path) }
    : parseInput(SeedFile, content, path)
  return { ...(seed && { seed }), ...(apps && { apps }), ...(people && { people }) }
}
