import { gzipSync } from 'node:zlib'
import type { Dist } from '../runtime/dist.ts'

/** Bytes. `gzip` is the sum over files that are compressed one by one. */
export interface Size {
  readonly raw: number
  readonly gzip: number
}

export interface PackageSizes {
  readonly main: Size
  /** By the root folder of the sub-package. */
  readonly subPackages: Readonly<Record<string, Size>>
}

/** Files that WeChat does not upload. */
const NOT_UPLOADED = /^(project(\.private)?\.config\.json|\..*)$/

/** Measures the main package and each sub-package separately. */
export function measurePackages(dist: Dist): PackageSizes {
  const files = dist.listFiles('').filter((file) => !NOT_UPLOADED.test(file))
  const inRoot = (root: string) => files.filter((file) => file.startsWith(`${root}/`))
  const inMain = files.filter((file) => !dist.roots.some((root) => file.startsWith(`${root}/`)))
  return {
    main: sumSizes(dist, inMain),
    subPackages: Object.fromEntries(dist.roots.map((root) => [root, sumSizes(dist, inRoot(root))])),
  }
}

function sumSizes(dist: Dist, files: readonly string[]): Size {
  return files
    .map((file) => dist.readBytes(file))
    .reduce((sum, bytes) => ({ raw: sum.raw + bytes.length, gzip: sum.gzip + gzipSync(bytes).length }), {
      raw: 0,
      gzip: 0,
    })
}
