import { parseArgs } from 'node:util'
import { checkCode } from '../doctor/check-code.ts'
import type { CheckResult } from '../doctor/check-result.ts'
import { diagnose } from '../doctor/diagnose.ts'
import { readDoctorConfig } from './env.ts'

const help = `kinpass-wechat doctor: checks what a mini-program login needs from WeChat and prints the fix for each problem

  kinpass-wechat doctor                      check appid, AppSecret, IP whitelist, clock and access token
  kinpass-wechat doctor --code <code>        check that this is a login code; sends nothing, the code stays unused
  kinpass-wechat doctor --phone-code <code>  check that this is a phone code; sends nothing, the code stays unused

Environment: WECHAT_APP_ID, WECHAT_APP_SECRET, and WECHAT_BASE_URL (default: https://api.weixin.qq.com).
Exit codes: 0 all checks passed, 1 a check failed or is unknown, 2 usage error.`

export interface DoctorCliDeps {
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv
  readonly fetch: typeof fetch
  readonly clock: () => Date
  readonly print: (line: string) => void
}

/** Runs a command line and returns the exit code. Prints no secret and no code. */
export async function runDoctorCli(args: readonly string[], deps: DoctorCliDeps): Promise<0 | 1 | 2> {
  const { print } = deps
  const options = parseOptions(args)
  if ('usageError' in options) {
    print(`${options.usageError}\n\n${help}`)
    return 2
  }
  if (options.help) {
    print(help)
    return 0
  }
  if (options.code !== undefined) return printResults([checkCode(options.code, 'login')], print)
  if (options.phoneCode !== undefined) return printResults([checkCode(options.phoneCode, 'phone')], print)
  const config = readDoctorConfig(deps.env)
  if ('missing' in config) {
    print(config.missing)
    return 2
  }
  return printResults(await diagnose(deps, config), print)
}

interface CliOptions {
  readonly help: boolean
  readonly code: string | undefined
  readonly phoneCode: string | undefined
}

function parseOptions(args: readonly string[]): CliOptions | { usageError: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        code: { type: 'string' },
        'phone-code': { type: 'string' },
      },
    })
    const [command, ...rest] = positionals
    const options = { help: values.help, code: values.code, phoneCode: values['phone-code'] }
    if (options.help || (command === 'doctor' && rest.length === 0)) return options
    return { usageError: command === undefined ? 'The command is missing.' : 'The only command is `doctor`.' }
  } catch (error) {
    // `parseArgs` throws a TypeError for an unknown option and for a missing value.
    if (error instanceof TypeError) return { usageError: 'An option is unknown or lacks its value.' }
    throw error
  }
}

function printResults(results: readonly CheckResult[], print: (line: string) => void): 0 | 1 {
  const width = Math.max(...results.map(({ check }) => check.length))
  for (const { status, check, detail, hint } of results) {
    print(`${status.padEnd(7)}  ${check.padEnd(width)}  ${detail}`)
    if (hint !== undefined) print(`${' '.repeat(width + 11)}→ ${hint}`)
  }
  return results.every(({ status }) => status === 'ok') ? 0 : 1
}
