import { parseArgs } from 'node:util'
import { checkCode } from '../doctor/check-code.ts'
import { diagnose } from '../doctor/diagnose.ts'
import type { CheckResult } from '../doctor/finding.ts'
import { readDoctorConfig } from './env.ts'

const help = `kinpass-wechat doctor: what a mini-program login needs of WeChat, each with a verdict and the mend

  kinpass-wechat doctor                      appid, AppSecret, IP whitelist, clock and access token
  kinpass-wechat doctor --code <code>        which kind of code this is; sends nothing, spends nothing
  kinpass-wechat doctor --phone-code <code>  the same for the code of WeChat's phone button

Environment: WECHAT_APP_ID, WECHAT_APP_SECRET, and WECHAT_BASE_URL (https://api.weixin.qq.com unless set).
Ends with 0 when all is good, 1 when something is not, 2 when it was called wrongly.`

export interface DoctorCliDeps {
  /** This process's unless given. */
  readonly env?: NodeJS.ProcessEnv
  readonly fetch: typeof fetch
  readonly clock: () => Date
  readonly print: (line: string) => void
}

/** Runs a command line; gives the exit code. Prints no secret and no code. */
export async function runDoctorCli(args: readonly string[], world: DoctorCliDeps): Promise<0 | 1 | 2> {
  const { print } = world
  const asked = parse(args)
  if ('wrong' in asked) {
    print(`${asked.wrong}\n\n${help}`)
    return 2
  }
  if (asked.help) {
    print(help)
    return 0
  }
  if (asked.code !== undefined) return report([checkCode(asked.code, 'login')], print)
  if (asked.phoneCode !== undefined) return report([checkCode(asked.phoneCode, 'phone')], print)
  const environment = readDoctorConfig(world.env)
  if ('missing' in environment) {
    print(environment.missing)
    return 2
  }
  return report(await diagnose({ ...environment, fetch: world.fetch, clock: world.clock }), print)
}

interface Asked {
  readonly help: boolean
  readonly code: string | undefined
  readonly phoneCode: string | undefined
}

function parse(args: readonly string[]): Asked | { wrong: string } {
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
    const asked = { help: values.help, code: values.code, phoneCode: values['phone-code'] }
    if (asked.help || (command === 'doctor' && rest.length === 0)) return asked
    return { wrong: command === undefined ? 'Which command?' : 'The only command is `doctor`.' }
  } catch (error) {
    if (error instanceof TypeError) return { wrong: 'That option is unknown, or lacks its value.' }
    throw error
  }
}

function report(findings: readonly CheckResult[], print: (line: string) => void): 0 | 1 {
  const width = Math.max(...findings.map(({ check }) => check.length))
  for (const { status, check, detail, hint } of findings) {
    print(`${status.padEnd(7)}  ${check.padEnd(width)}  ${detail}`)
    if (hint !== undefined) print(`${' '.repeat(width + 11)}→ ${hint}`)
  }
  return findings.every(({ status }) => status === 'good') ? 0 : 1
}
