import type { Dist } from '../runtime/dist.ts'
import type { Fault } from './fault.ts'

const iconLimit = 40 * 1024

/** Whether app.json names only what is there, and its tab bar is one that WeChat accepts. */
export function checkAppJson(dist: Dist): Fault[] {
  const fault = (message: string, file = 'app.json'): Fault => ({ rule: 'app-json', message, file })
  return [
    ...(dist.pages.length === 0 ? [fault('lists no page')] : []),
    ...dist.pages.flatMap((page) =>
      missingParts(dist, page).map((part) => fault(`lists the page ${page}, and ${part} is missing`)),
    ),
    ...duplicates(dist.pages).map((page) => fault(`lists the page ${page} twice`)),
    ...entryFaults(dist).map((message) => fault(message)),
    ...tabBarFaults(dist).map((message) => fault(message)),
    ...componentFaults(dist).map(({ file, message }) => fault(message, file)),
    ...themeFaults(dist).map((message) => fault(message)),
  ]
}

function missingParts(dist: Dist, component: string): string[] {
  return [`${component}.js`, `${component}.wxml`, `${component}.json`].filter((file) => !dist.has(file))
}

function entryFaults({ app, pages }: Dist): string[] {
  const { entryPagePath } = app
  return entryPagePath === undefined || pages.includes(entryPagePath)
    ? []
    : [`starts with ${entryPagePath}, which is not among its pages`]
}

function tabBarFaults(dist: Dist): string[] {
  const { tabBar, pages } = dist.app
  if (!tabBar) return []
  const count = tabBar.list.length
  const icons = tabBar.list.flatMap(({ iconPath, selectedIconPath }) => [iconPath, selectedIconPath])
  return [
    ...(count < 2 || count > 5 ? [`has a tab bar of ${count}; WeChat wants 2 to 5`] : []),
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
        return dist.sizeOf(icon) > iconLimit
          ? [`has a tab with the icon ${icon}, which is larger than 40 KiB`]
          : []
      }),
  ]
}

function componentFaults(dist: Dist): { file: string; message: string }[] {
  return dist.pages.flatMap((page) =>
    Object.entries(dist.configOf(page).usingComponents ?? {})
      .filter(([, target]) => !target.includes('://') && !dist.has(`${dist.resolve(page, target)}.js`))
      .map(([name, target]) => ({
        file: `${page}.json`,
        message: `uses <${name}> of ${target}, which is missing`,
      })),
  )
}

/** `@name` in app.json is a variable of theme.json, once for light and once for dark. */
function themeFaults(dist: Dist): string[] {
  const { themeLocation } = dist.app
  const names = [...JSON.stringify(dist.app).matchAll(/"@(\w+)"/g)].map(([, name = '']) => name)
  if (!themeLocation) return names.map((name) => `uses @${name} and has no themeLocation`)
  if (!dist.has(themeLocation)) return [`has themeLocation ${themeLocation}, which is missing`]
  // A build's own file.
  const theme = JSON.parse(dist.read(themeLocation)) as Record<string, Record<string, unknown> | undefined>
  return ['light', 'dark'].flatMap((mode) =>
    names
      .filter((name) => !(name in (theme[mode] ?? {})))
      .map((name) => `uses @${name}, which ${themeLocation} lacks for ${mode}`),
  )
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}
