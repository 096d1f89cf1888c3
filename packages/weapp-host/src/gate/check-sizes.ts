import type { Fault } from './fault.ts'
import type { PackageSizes, Size } from './measure-packages.ts'

/** How much more than a baseline the main package may weigh, in bytes. */
export interface SizeBudget {
  readonly baseline: Size
  readonly maxExtra: Size
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const packageLimit = 2 * 1024 * 1024

export function checkSizes({ main, subPackages }: PackageSizes, budget?: SizeBudget): Fault[] {
  const packages: [string, Size][] = [['the main package', main], ...Object.entries(subPackages)]
  return [
    ...packages
      .filter(([, { raw }]) => raw > packageLimit)
      .map(([name, { raw }]) =>
        sizeFault(`${name} weighs ${kib(raw)}; WeChat uploads at most ${kib(packageLimit)}`),
      ),
    ...(budget ? budgetFaults(main, budget) : []),
  ]
}

function budgetFaults(main: Size, { baseline, maxExtra }: SizeBudget): Fault[] {
  return (['raw', 'gzip'] as const)
    .filter((kind) => main[kind] - baseline[kind] > maxExtra[kind])
    .map((kind) =>
      sizeFault(
        `the main package weighs ${kib(main[kind] - baseline[kind])} more than its baseline (${kind}); the budget is ${kib(maxExtra[kind])}`,
      ),
    )
}

function sizeFault(message: string): Fault {
  return { rule: 'size', message }
}

export function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`
}
