import { compileTemplates } from '../runtime/compile-templates.ts'
import { type Dist, openDist } from '../runtime/dist.ts'
import { checkAppJson } from './check-app-json.ts'
import { checkSizes, type SizeBudget } from './check-sizes.ts'
import type { GateIssue } from './gate-issue.ts'
import { measurePackages, type PackageSizes } from './measure-packages.ts'
import { scanScript } from './scan-script.ts'

export interface GateOptions {
  readonly dist: string
  /**
   * Free globals that are known to be harmless, each with the files that use it: `{ tt: ['taro.js'] }`. An entry that no
   * script needs is an issue too, so the list only shrinks.
   */
  readonly allow?: Readonly<Record<string, readonly string[]>>
  readonly budget?: SizeBudget
  /** Regular expressions that no script may match: `['\\$ZodType']`. */
  readonly forbidText?: readonly string[]
}

export interface GateReport {
  readonly issues: readonly GateIssue[]
  readonly sizes: PackageSizes
  /** Free globals with every use behind a `typeof` check, by name, with the files that use them. */
  readonly guarded: Readonly<Record<string, readonly string[]>>
}

/** Checks a build of a mini-program without running it. */
export function checkWeapp({ dist: folder, allow = {}, budget, forbidText = [] }: GateOptions): GateReport {
  const dist = openDist(folder)
  const scripts = dist.listFiles('.js').map((file) => ({ file, ...scanScript(dist.read(file), file) }))
  const free = scripts.flatMap(({ file, freeGlobals }) => freeGlobals.map((use) => ({ file, ...use })))
  const isAllowed = (name: string, file: string) => allow[name]?.includes(file) ?? false
  const sizes = measurePackages(dist)

  const guarded: Record<string, string[]> = {}
  for (const { name, file, isGuarded } of free)
    if (isGuarded) guarded[name] = [...(guarded[name] ?? []), file]

  return {
    sizes,
    guarded,
    issues: [
      ...scripts.flatMap(({ issues }) => issues),
      ...free
        .filter(({ name, file, isGuarded }) => !isGuarded && !isAllowed(name, file))
        .map(
          ({ name, file, line, column }): GateIssue => ({
            rule: 'free-global',
            message: `${name} does not exist on a phone: remove it, or check it with typeof first`,
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
          ({ name, file }): GateIssue => ({
            rule: 'stale-allowance',
            message: `${name} is allowed but not used: remove it from "allow"`,
            file,
          }),
        ),
      ...checkTemplates(dist),
      ...checkAppJson(dist),
      ...checkSizes(sizes, budget),
      ...forbidText.flatMap((pattern) => checkForbiddenText(dist, pattern)),
    ],
  }
}

function checkTemplates(dist: Dist): GateIssue[] {
  return compileTemplates(dist).warnings.map(({ file, line, message }) => ({
    rule: 'template',
    message,
    file,
    line,
  }))
}

function checkForbiddenText(dist: Dist, pattern: string): GateIssue[] {
  return dist
    .listFiles('.js')
    .filter((file) => new RegExp(pattern).test(dist.read(file)))
    .map((file) => ({ rule: 'forbidden-text', message: `contains ${pattern}`, file }))
}
