import { once } from 'node:events'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { startSandbox } from '../start.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { HELP, readCliOptions } from './options.ts'

/** The parts of the process that the command uses; tests pass a fake. */
export interface SandboxCliHost {
  writeOutput(text: string): void
  writeError(text: string): void
  /** Resolves when the operator stops the command. */
  untilStopped(): Promise<void>
}

/** Runs the command until it is stopped. Resolves to the exit code. */
export async function runSandboxCli(args: readonly string[], host: SandboxCliHost): Promise<number> {
  try {
    const options = await readCliOptions(args)
    if (options === 'help') {
      host.writeOutput(HELP)
      return 0
    }
    await using sandbox = await startSandbox(options)
    host.writeOutput(describe(sandbox))
    await host.untilStopped()
    return 0
  } catch (thrown) {
    const message = toMessage(thrown)
    if (message === undefined) throw thrown
    host.writeError(`wechat-sandbox: ${message}\n`)
    return 1
  }
}

export function processHost(): SandboxCliHost {
  return {
    writeOutput: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    async untilStopped() {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    },
  }
}

function describe({ url, controlUrl, app }: Sandbox): string {
  const lines = [
    'The WeChat sandbox is running.',
    '',
    `  instead of https://api.weixin.qq.com   ${url}`,
    `  appid                                  ${app.appId}`,
    `  secret                                 ${app.secret}`,
    `  control plane and page                 ${controlUrl ? `${controlUrl}/` : 'off: add --control-port 4381'}`,
    '',
    'Press Ctrl-C to stop it.',
    '',
  ]
  return lines.join('\n')
}

/** A message for an error that the operator can fix; undefined for a bug. */
function toMessage(thrown: unknown): string | undefined {
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
      return 'this machine does not have the address: choose another with --host'
    case 'ENOENT':
      return 'the seed file does not exist: check the path after --seed'
    default:
      return String(thrown.code).startsWith('ERR_PARSE_ARGS') ? `${thrown.message}\n\n${HELP}` : undefined
  }
}
