import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openDist } from '../runtime/dist.ts'
import { formatKib, type SizeBudget } from './check-sizes.ts'
import { checkWeapp, type GateOptions, type GateReport } from './check-weapp.ts'
import type { GateIssue } from './gate-issue.ts'
import { measurePackages, type Size } from './measure-packages.ts'

const HELP = `weapp-gate: checks a build of a WeChat mini-program without running it.

  weapp-gate [dist] [options]        dist: the folder with app.json, default dist/weapp

  --config <file>          options as JSON: { "allow": { "tt": ["taro.js"] }, "forbidText": ["\\\\$ZodType"],
                           "baseline": "…", "maxExtraKiB": { "raw": 45, "gzip": 14 } }; paths are relative to the file
  --baseline <path>        size to compare the main package with: a built folder, or JSON { "raw": bytes, "gzip": bytes }
  --max-extra-raw <KiB>    how much larger than the baseline the main package may be
  --max-extra-gzip <KiB>   the same, compressed
  --json                   print the report as JSON
  -h, --help               print this text

Issues: globals that a phone does not have, syntax that iOS 14 cannot parse, eval, warnings of WeChat's template
compiler, missing files in app.json, packages above 2 MiB, a main package above its budget.
Exit codes: 0 no issue, 1 issues, 2 the check could not run.
`

/** The file that `--config` names. */
interface ConfigFile {
  readonly allow?: Readonly<Record<string, readonly string[]>>
  readonly forbidText?: readonly string[]
  readonly baseline?: string
  readonly maxExtraKiB?: Partial<Size>
}

/** Where the command line prints to: standard output and standard error. */
export interface GateOutput {
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
}

/** Runs the command line and returns its exit code. */
export function runGateCli(args: readonly string[], { print, printError }: GateOutput): 0 | 1 | 2 {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        baseline: { type: 'string' },
        'max-extra-raw': { type: 'string' },
        'max-extra-gzip': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) {
      print(HELP)
      return 0
    }
    const config = values.config === undefined ? {} : readConfigFile(values.config)
    const baseline = values.baseline ?? config.baseline
    const options: GateOptions = {
      dist: positionals[0] ?? 'dist/weapp',
      ...(config.allow && { allow: config.allow }),
      ...(config.forbidText && { forbidText: config.forbidText }),
      ...(baseline !== undefined && {
        budget: {
          baseline: readBaseline(baseline),
          maxExtra: {
            raw: toLimitBytes(values['max-extra-raw'], config.maxExtraKiB?.raw),
            gzip: toLimitBytes(values['max-extra-gzip'], config.maxExtraKiB?.gzip),
          },
        },
      }),
    }
    const report = checkWeapp(options)
    print(values.json ? JSON.stringify(report, null, 2) : formatReport(report, options))
    return report.issues.length > 0 ? 1 : 0
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error))
    return 2
  }
}

function readConfigFile(file: string): ConfigFile {
  // Not validated: the file belongs to the operator, and every field is optional.
  const config = JSON.parse(readFileSync(file, 'utf8')) as ConfigFile
  return config.baseline === undefined
    ? config
    : { ...config, baseline: path.resolve(path.dirname(file), config.baseline) }
}

function readBaseline(source: string): Size {
  if (statSync(source).isDirectory()) return measurePackages(openDist(source)).main
  // Not validated: the file belongs to the operator.
  return JSON.parse(readFileSync(source, 'utf8')) as Size
}

function toLimitBytes(argument: string | undefined, configuredKib: number | undefined): number {
  const limitKib = argument === undefined ? configuredKib : Number(argument)
  return limitKib === undefined ? Number.POSITIVE_INFINITY : limitKib * 1024
}

function formatReport({ issues, sizes, guarded }: GateReport, { dist, budget }: GateOptions): string {
  const { main, subPackages } = sizes
  const names = Object.keys(guarded).sort()
  return [
    `${dist}: ${issues.length === 0 ? 'no issues' : `${issues.length} issue${issues.length > 1 ? 's' : ''}`}`,
    ...issues.map((issue) => `  ${issue.rule.padEnd(16)} ${formatPosition(issue)}${issue.message}`),
    `main package     ${formatSize(main)}`,
    ...Object.entries(subPackages).map(([root, size]) => `${root.padEnd(16)} ${formatSize(size)}`),
    ...(budget ? [`over baseline    ${formatOverBaseline(main, budget)}`] : []),
    ...(names.length > 0 ? [`behind typeof    ${names.join(', ')}`] : []),
  ].join('\n')
}

function formatPosition({ file, line, column }: GateIssue): string {
  return file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}  `
}

function formatSize({ raw, gzip }: Size): string {
  return `${formatKib(raw)} raw, ${formatKib(gzip)} gzip`
}

function formatOverBaseline(main: Size, { baseline, maxExtra }: SizeBudget): string {
  const format = (kind: keyof Size) => {
    const limit = Number.isFinite(maxExtra[kind]) ? ` of ${formatKib(maxExtra[kind])}` : ''
    return `+${formatKib(main[kind] - baseline[kind])}${limit} ${kind}`
  }
  return `${format('raw')}, ${format('gzip')}`
}
