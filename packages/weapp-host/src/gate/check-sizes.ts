import type { GateIssue } from './gate-issue.ts'
import type { PackageSizes, Size } from './measure-packages.ts'

/** How many bytes the main package may exceed a baseline by. */
export interface SizeBudget {
  readonly baseline: Size
  readonly maxExtra: Size
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAX_PACKAGE_BYTES = 2 * 1024 * 1024

/** Compares each package with WeChat's limit, and the main package with its budget. */
export function checkSizes({ main, subPackages }: PackageSizes, budget?: SizeBudget): GateIssue[] {
  const packages: [string, Size][] = [['the main package', main], ...Object.entries(subPackages)]
  return [
    ...packages
      .filter(([, { raw }]) => raw > MAX_PACKAGE_BYTES)
      .map(([name, { raw }]) =>
        sizeIssue(`${name} is ${formatKib(raw)}: WeChat uploads at most ${formatKib(MAX_PACKAGE_BYTES)}`),
      ),
    ...(budget ? checkBudget(main, budget) : []),
  ]
}

function checkBudget(main: Size, { baseline, maxExtra }: SizeBudget): GateIssue[] {
  return (['raw', 'gzip'] as const)
    .filter((kind) => main[kind] - baseline[kind] > maxExtra[kind])
    .map((kind) => {
      const extra = formatKib(main[kind] - baseline[kind])
      return sizeIssue(
        `the main package is ${extra} above its baseline (${kind}): the budget is ${formatKib(maxExtra[kind])}`,
      )
    })
}

function sizeIssue(message: string): GateIssue {
  return { rule: 'size', message }
}

export function formatKib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`
}
