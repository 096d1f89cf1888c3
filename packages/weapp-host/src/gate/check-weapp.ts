import { compileTemplates } from '../runtime/compile-templates.ts'
import { type Dist, openDist } from '../runtime/dist.ts'
import { checkAppJson } from './check-app-json.ts'
import { checkSizes, type SizeBudget } from './check-sizes.ts'
import type { Fault } from './fault.ts'
import { measurePackages, type PackageSizes } from './measure-packages.ts'
import { scanScript } from './scan-script.ts'

export interface GateOptions {
  readonly dist: string
  /**
   * Free globals that have been looked at and do no harm, with the files they are in: `{ tt: ['taro.js'] }`. One that is not
   * there any more is a fault too, so that the list only shrinks.
   */
  readonly allow?: Readonly<Record<string, readonly string[]>>
  readonly budget?: SizeBudget
  /** What no script may contain, as regular expressions: `['\\$ZodType']`. */
  readonly forbidText?: readonly string[]
}

export interface GateReport {
  readonly faults: readonly Fault[]
  readonly sizes: PackageSizes
  /** Free globals that are used only behind a `typeof`, by name, with their files. */
  readonly guarded: Readonly<Record<string, readonly string[]>>
}

/** Looks at a build of a mini-program without running it. */
export function checkWeapp({ dist: folder, allow = {}, budget, forbidText = [] }: GateOptions): GateReport {
  const dist = openDist(folder)
  const scripts = dist.files('.js').map((file) => ({ file, ...scanScript(dist.read(file), file) }))
  const free = scripts.flatMap(({ file, freeGlobals }) => freeGlobals.map((use) => ({ file, ...use })))
  const isAllowed = (name: string, file: string) => allow[name]?.includes(file) ?? false
  const sizes = measurePackages(dist)

  const guarded: Record<string, string[]> = {}
  for (const { name, file, isGuarded } of free)
    if (isGuarded) guarded[name] = [...(guarded[name] ?? []), file]

  return {
    sizes,
    guarded,
    faults: [
      ...scripts.flatMap(({ faults }) => faults),
      ...free
        .filter(({ name, file, isGuarded }) => !isGuarded && !isAllowed(name, file))
        .map(
          ({ name, file, line, column }): Fault => ({
            rule: 'free-global',
            message: `${name} is not there on a phone`,
            file,
            line,
            column,
          }),
        ),
      ...Object.entries(allow)
        .flatMap(([name, files]) => files.map((file) => ({ name, file })))
        .filter(
          ({ name, file }) => !free.some((use) => use.name === name && use.file === file && !use.isGuarded),
        )
        .map(
          ({ name, file }): Fault => ({
            rule: 'stale-allowance',
            message: `${name} is allowed and not used: take it off the list`,
            file,
          }),
        ),
      ...templateFaults(dist),
      ...checkAppJson(dist),
      ...checkSizes(sizes, budget),
      ...forbidText.flatMap((pattern) => textFaults(dist, pattern)),
    ],
  }
}

function templateFaults(dist: Dist): Fault[] {
  return compileTemplates(dist).warnings.map(({ file, line, message }) => ({
    rule: 'template',
    message,
    file,
    line,
  }))
}

function textFaults(dist: Dist, pattern: string): Fault[] {
  return dist
    .files('.js')
    .filter((file) => new RegExp(pattern).test(dist.read(file)))
    .map((file) => ({ rule: 'forbidden-text', message: `contains ${pattern}`, file }))
}
