import type { Dist } from '../runtime/dist.ts'
import type { GateIssue } from './gate-issue.ts'

const MAX_ICON_BYTES = 40 * 1024

/** Checks that every file app.json names exists, and that WeChat accepts its tab bar. */
export function checkAppJson(dist: Dist): GateIssue[] {
  const issue = (message: string, file = 'app.json'): GateIssue => ({ rule: 'app-json', message, file })
  return [
    ...(dist.pages.length === 0 ? [issue('lists no page: add one to "pages"')] : []),
    ...dist.pages.flatMap((page) =>
      findMissingFiles(dist, page).map((file) => issue(`lists the page ${page}, but ${file} is missing`)),
    ),
    ...findDuplicates(dist.pages).map((page) => issue(`lists the page ${page} twice`)),
    ...checkEntry(dist).map((message) => issue(message)),
    ...checkTabBar(dist).map((message) => issue(message)),
    ...checkComponents(dist).map(({ file, message }) => issue(message, file)),
    ...checkTheme(dist).map((message) => issue(message)),
  ]
}

function findMissingFiles(dist: Dist, component: string): string[] {
  return [`${component}.js`, `${component}.wxml`, `${component}.json`].filter((file) => !dist.has(file))
}

function checkEntry({ app, pages }: Dist): string[] {
  const { entryPagePath } = app
  return entryPagePath === undefined || pages.includes(entryPagePath)
    ? []
    : [`starts with ${entryPagePath}, which is not one of its pages`]
}

function checkTabBar(dist: Dist): string[] {
  const { tabBar, pages } = dist.app
  if (!tabBar) return []
  const count = tabBar.list.length
  const icons = tabBar.list.flatMap(({ iconPath, selectedIconPath }) => [iconPath, selectedIconPath])
  return [
    ...(count < 2 || count > 5 ? [`has a tab bar of ${count}: WeChat requires 2 to 5 tabs`] : []),
    ...tabBar.list
      .filter(({ pagePath }) => !pages.includes(pagePath))
      .map(({ pagePath }) => `has a tab for ${pagePath}, which is not a page of the main package`),
    ...tabBar.list
      .filter(({ text }) => !text)
      .map(({ pagePath }) => `has a tab without text for ${pagePath}`),
    ...icons
      .filter((icon) => icon !== undefined)
      .flatMap((icon) => {
        if (!dist.has(icon)) return [`has a tab with the icon ${icon}, which is missing`]
        return dist.getSize(icon) > MAX_ICON_BYTES
          ? [`has a tab with the icon ${icon}, which is larger than 40 KiB`]
          : []
      }),
  ]
}

function checkComponents(dist: Dist): { file: string; message: string }[] {
  return dist.pages.flatMap((page) =>
    Object.entries(dist.readConfig(page).usingComponents ?? {})
      .filter(([, target]) => !target.includes('://') && !dist.has(`${dist.resolve(page, target)}.js`))
      .map(([name, target]) => ({
        file: `${page}.json`,
        message: `uses <${name}> from ${target}, which is missing`,
      })),
  )
}

/** `@name` in app.json is a variable of theme.json, which defines it for light and for dark. */
function checkTheme(dist: Dist): string[] {
  const { themeLocation } = dist.app
  const names = [...JSON.stringify(dist.app).matchAll(/"@(\w+)"/g)].map(([, name = '']) => name)
  if (!themeLocation) return names.map((name) => `uses @${name}, but has no themeLocation`)
  if (!dist.has(themeLocation)) return [`has themeLocation ${themeLocation}, which is missing`]
  // The build wrote the file; a mode that it lacks is an issue below.
  const theme = JSON.parse(dist.read(themeLocation)) as Record<string, Record<string, unknown> | undefined>
  return ['light', 'dark'].flatMap((mode) =>
    names
      .filter((name) => !(name in (theme[mode] ?? {})))
      .map((name) => `uses @${name}, which ${themeLocation} lacks for ${mode}`),
  )
}

function findDuplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}
