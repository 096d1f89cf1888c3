import { once } from 'node:events'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { startSandbox } from '../start.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { HELP, readCliOptions } from './options.ts'

/** What the command needs of its process, so that a test can stand in for it. */
export interface SandboxCliHost {
  write(text: string): void
  complain(text: string): void
  /** Resolves when the person asks the command to end. */
  untilStopped(): Promise<void>
}

/** Runs the command until it is stopped. Resolves to the exit code. */
export async function runSandboxCli(args: readonly string[], host: SandboxCliHost): Promise<number> {
  try {
    const options = await readCliOptions(args)
    if (options === 'help') {
      host.write(HELP)
      return 0
    }
    await using sandbox = await startSandbox(options)
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
export function processHost(): SandboxCliHost {
  return {
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    async untilStopped() {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    },
  }
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
  if (thrown instanceof SandboxUsageError) return thrown.message
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
