import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** What the host reads of app.json. */
interface AppJson {
  readonly pages: readonly string[]
  readonly entryPagePath?: string
  readonly usingComponents?: Readonly<Record<string, string>>
  readonly tabBar?: { readonly list: readonly Tab[] }
  readonly themeLocation?: string
  readonly subPackages?: readonly SubPackage[]
  readonly subpackages?: readonly SubPackage[]
}

interface Tab {
  readonly pagePath: string
  readonly text?: string
  readonly iconPath?: string
  readonly selectedIconPath?: string
}

interface SubPackage {
  readonly root: string
  readonly pages: readonly string[]
}

/** A built mini-program on disk. Paths are relative to its folder, with `/`, and without extension where WeChat has none. */
export interface Dist {
  readonly folder: string
  readonly app: AppJson
  /** Every page, those of sub-packages with their root. */
  readonly pages: readonly string[]
  /** The pages of the tab bar. */
  readonly tabs: readonly string[]
  /** The folders of the sub-packages. */
  readonly roots: readonly string[]
  has(file: string): boolean
  read(file: string): string
  bytes(file: string): Buffer
  sizeOf(file: string): number
  /** The JSON beside a page or component; empty where there is none. */
  configOf(component: string): ComponentJson
  /** All files, by the end of their names: `.wxml`. */
  files(ending: string): string[]
  /** The path that a component's JSON means. */
  resolve(from: string, target: string): string
}

interface ComponentJson {
  readonly usingComponents?: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/**
 * Opens the folder that `taro build --type weapp` wrote.
 *
 * @throws {Error} where there is no app.json: Taro's build ends with exit code 0 even when its configuration is wrong
 */
export function openDist(folder: string): Dist {
  const at = (file: string) => path.join(folder, file)
  const read = (file: string) => readFileSync(at(file), 'utf8')
  if (!existsSync(at('app.json'))) throw new Error(`${folder} has no app.json: build the mini-program first`)

  // A build's own files; the static gate looks at their shape.
  const app = JSON.parse(read('app.json')) as AppJson
  const subPackages = app.subPackages ?? app.subpackages ?? []
  const pagesOf = ({ root, pages }: SubPackage) => pages.map((page) => path.posix.join(root, page))
  return {
    folder,
    app,
    pages: [...app.pages, ...subPackages.flatMap(pagesOf)],
    tabs: (app.tabBar?.list ?? []).map(({ pagePath }) => pagePath),
    roots: subPackages.map(({ root }) => path.posix.join(root, '.')),
    has: (file) => existsSync(at(file)),
    read,
    bytes: (file) => readFileSync(at(file)),
    sizeOf: (file) => statSync(at(file)).size,
    configOf: (component) =>
      existsSync(at(`${component}.json`)) ? (JSON.parse(read(`${component}.json`)) as ComponentJson) : {},
    files: (ending) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) =>
          path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
        ),
    resolve: (from, target) =>
      target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(from), target),
  }
}
