import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openDist } from '../runtime/dist.ts'
import { kib, type SizeBudget } from './check-sizes.ts'
import { checkWeapp, type GateOptions, type GateReport } from './check-weapp.ts'
import type { Fault } from './fault.ts'
import { measurePackages, type Size } from './measure-packages.ts'

const help = `weapp-gate: looks at a build of a WeChat mini-program without running it.

  weapp-gate [dist] [options]        dist is the folder with app.json, dist/weapp by default

  --config <file>       settings as JSON: { "allow": { "tt": ["taro.js"] }, "forbidText": ["\\\\$ZodType"],
                        "baseline": "…", "maxExtraKiB": { "raw": 45, "gzip": 14 } }; paths are relative to the file
  --baseline <path>     what the main package is weighed against: a built folder, or JSON { "raw": bytes, "gzip": bytes }
  --max-extra-raw <KiB>, --max-extra-gzip <KiB>
  --json                the whole report as JSON
  --help

Faults: names that a phone does not know, syntax that iOS 14 cannot parse, eval, templates that WeChat's compiler warns
of, an app.json that names what is missing, packages above 2 MiB, a main package above its budget.
Ends with 0 if there is none, with 1 if there are, with 2 if it could not look.
`

interface Settings {
  readonly allow?: Readonly<Record<string, readonly string[]>>
  readonly forbidText?: readonly string[]
  readonly baseline?: string
  readonly maxExtraKiB?: Partial<Size>
}

/** Where a line of output goes. */
export interface Output {
  readonly print: (text: string) => void
  readonly complain: (text: string) => void
}

/** Runs the command line, and gives back its exit code. */
export function runGate(args: readonly string[], { print, complain }: Output): 0 | 1 | 2 {
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
      print(help)
      return 0
    }
    const settings = values.config === undefined ? {} : readSettings(values.config)
    const baseline = values.baseline ?? settings.baseline
    const options: GateOptions = {
      dist: positionals[0] ?? 'dist/weapp',
      ...(settings.allow && { allow: settings.allow }),
      ...(settings.forbidText && { forbidText: settings.forbidText }),
      ...(baseline !== undefined && {
        budget: {
          baseline: readBaseline(baseline),
          maxExtra: {
            raw: budgetOf(values['max-extra-raw'], settings.maxExtraKiB?.raw),
            gzip: budgetOf(values['max-extra-gzip'], settings.maxExtraKiB?.gzip),
          },
        },
      }),
    }
    const report = checkWeapp(options)
    print(values.json ? JSON.stringify(report, null, 2) : inWords(report, options))
    return report.faults.length > 0 ? 1 : 0
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

function readSettings(file: string): Settings {
  // The user's own file; what it lacks has a default.
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings
  return settings.baseline === undefined
    ? settings
    : { ...settings, baseline: path.resolve(path.dirname(file), settings.baseline) }
}

function readBaseline(place: string): Size {
  if (statSync(place).isDirectory()) return measurePackages(openDist(place)).main
  return JSON.parse(readFileSync(place, 'utf8')) as Size
}

function budgetOf(argument: string | undefined, setting: number | undefined): number {
  const limit = argument === undefined ? setting : Number(argument)
  return limit === undefined ? Number.POSITIVE_INFINITY : limit * 1024
}

function inWords({ faults, sizes, guarded }: GateReport, { dist, budget }: GateOptions): string {
  const { main, subPackages } = sizes
  const names = Object.keys(guarded).sort()
  return [
    `${dist}: ${faults.length === 0 ? 'no faults' : `${faults.length} fault${faults.length > 1 ? 's' : ''}`}`,
    ...faults.map((fault) => `  ${fault.rule.padEnd(16)} ${placeOf(fault)}${fault.message}`),
    `main package     ${weight(main)}`,
    ...Object.entries(subPackages).map(([root, size]) => `${root.padEnd(16)} ${weight(size)}`),
    ...(budget ? [`over baseline    ${overBaseline(main, budget)}`] : []),
    ...(names.length > 0 ? [`behind typeof    ${names.join(', ')}`] : []),
  ].join('\n')
}

function placeOf({ file, line, column }: Fault): string {
  return file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}  `
}

function weight({ raw, gzip }: Size): string {
  return `${kib(raw)} raw, ${kib(gzip)} gzip`
}

function overBaseline(main: Size, { baseline, maxExtra }: SizeBudget): string {
  const part = (kind: keyof Size) => {
    const limit = Number.isFinite(maxExtra[kind]) ? ` of ${kib(maxExtra[kind])}` : ''
    return `+${kib(main[kind] - baseline[kind])}${limit} ${kind}`
  }
  return `${part('raw')}, ${part('gzip')}`
}
