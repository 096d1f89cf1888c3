import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** The fields of app.json that the host reads. */
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

/** A built mini-program on disk. Paths are relative to its folder and use `/`; pages and components have no extension. */
export interface Dist {
  readonly folder: string
  readonly app: AppJson
  /** All pages; a page of a sub-package starts with its root. */
  readonly pages: readonly string[]
  /** The pages of the tab bar. */
  readonly tabs: readonly string[]
  /** The folders of the sub-packages. */
  readonly roots: readonly string[]
  has(file: string): boolean
  read(file: string): string
  readBytes(file: string): Buffer
  getSize(file: string): number
  /** The JSON file beside a page or component, or an empty object. */
  readConfig(component: string): ComponentJson
  /** All files whose names end so: `.wxml`. */
  listFiles(ending: string): string[]
  /** Resolves a path in the JSON file of the component `from`. */
  resolve(from: string, target: string): string
}

interface ComponentJson {
  readonly usingComponents?: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/**
 * Opens the output folder of `taro build --type weapp`.
 *
 * @throws {Error} if app.json is missing, because a Taro build with a wrong configuration exits with 0
 */
export function openDist(folder: string): Dist {
  const toPath = (file: string) => path.join(folder, file)
  const read = (file: string) => readFileSync(toPath(file), 'utf8')
  if (!existsSync(toPath('app.json')))
    throw new Error(`${folder} has no app.json: build the mini-program first`)

  // Not validated: Taro wrote the file, and weapp-gate checks its content.
  const app = JSON.parse(read('app.json')) as AppJson
  const subPackages = app.subPackages ?? app.subpackages ?? []
  const pagesOf = ({ root, pages }: SubPackage) => pages.map((page) => path.posix.join(root, page))
  return {
    folder,
    app,
    pages: [...app.pages, ...subPackages.flatMap(pagesOf)],
    tabs: (app.tabBar?.list ?? []).map(({ pagePath }) => pagePath),
    roots: subPackages.map(({ root }) => path.posix.join(root, '.')),
    has: (file) => existsSync(toPath(file)),
    read,
    readBytes: (file) => readFileSync(toPath(file)),
    getSize: (file) => statSync(toPath(file)).size,
    readConfig: (component) =>
      // Not validated: Taro wrote the file.
      existsSync(toPath(`${component}.json`)) ? (JSON.parse(read(`${component}.json`)) as ComponentJson) : {},
    listFiles: (ending) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) =>
          path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
        ),
    resolve: (from, target) =>
      target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(from), target),
  }
}
