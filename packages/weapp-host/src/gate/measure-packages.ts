import { gzipSync } from 'node:zlib'
import type { Dist } from '../runtime/dist.ts'

/** Bytes; `gzip` is the sum over the files, each by itself. */
export interface Size {
  readonly raw: number
  readonly gzip: number
}

export interface PackageSizes {
  readonly main: Size
  /** By root. */
  readonly subPackages: Readonly<Record<string, Size>>
}

/** Not uploaded. */
const ignored = /^(project(\.private)?\.config\.json|\..*)$/

/** Weighs the main package and each sub-package apart. */
export function measurePackages(dist: Dist): PackageSizes {
  const files = dist.files('').filter((file) => !ignored.test(file))
  const inRoot = (root: string) => files.filter((file) => file.startsWith(`${root}/`))
  const inMain = files.filter((file) => !dist.roots.some((root) => file.startsWith(`${root}/`)))
  return {
    main: weigh(dist, inMain),
    subPackages: Object.fromEntries(dist.roots.map((root) => [root, weigh(dist, inRoot(root))])),
  }
}

function weigh(dist: Dist, files: readonly string[]): Size {
  return files
    .map((file) => dist.bytes(file))
    .reduce((sum, bytes) => ({ raw: sum.raw + bytes.length, gzip: sum.gzip + gzipSync(bytes).length }), {
      raw: 0,
      gzip: 0,
    })
}
