import { describe, expect, test } from 'vitest'
import baseline from '../baselines/taro-4.2.1-react-18.json' with { type: 'json' }
import { checkWeapp, type GateOptions } from '../src/index.ts'
import { getDistPath } from './_build-taro-apps.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** Returns the issues of a valid mini-program in which these files are replaced. */
async function findIssues(files: Parameters<typeof writeDist>[0], options: Partial<GateOptions> = {}) {
  await using dist = await writeDist({ ...onePage, ...files })
  return checkWeapp({ dist: dist.folder, ...options }).issues.map(
    ({ file, message }) => `${file ?? ''} ${message}`,
  )
}

test('a valid mini-program has no issues', async () => {
  expect(await findIssues({})).toEqual([])
})

describe('builds of Taro', () => {
  const allow = { tt: ['taro.js'] }
  const hello = checkWeapp({ dist: getDistPath('hello-taro'), allow })
  const tour = checkWeapp({ dist: getDistPath('tour-taro'), allow })

  test('a minimal Taro app has no issues once tt is allowed', () => {
    expect(hello.issues).toEqual([])
    expect(Object.keys(hello.guarded)).toContain('MessageChannel')
  })

  test('the checked-in baseline equals the size of the minimal Taro app', () => {
    // Within 0.5 %: a minor update of a dependency of Taro may change the size.
    expect(hello.sizes.main.raw / baseline.raw).toBeCloseTo(1, 2)
    expect(hello.sizes.main.gzip / baseline.gzip).toBeCloseTo(1, 2)
  })

  test('the only issue of the tour app is its call of new Function', () => {
    expect(tour.issues.map(({ rule, file }) => [rule, file])).toEqual([['syntax', 'pages/runtime/index.js']])
  })

  test('a sub-package is measured separately', () => {
    expect(Object.keys(tour.sizes.subPackages)).toEqual(['album'])
    expect(tour.sizes.subPackages.album?.raw).toBeLessThan(tour.sizes.main.raw / 100)
  })
})

describe('globals that a phone does not have', () => {
  test.each([
    'fetch',
    'AbortController',
    'process',
    'Buffer',
    'TextEncoder',
    'structuredClone',
    'Intl',
    'window',
  ])('a use of %s is an issue', async (name) => {
    expect(await findIssues({ 'app.js': `App({}); use(${name}); function use() {}` })).toEqual([
      `app.js ${name} does not exist on a phone: remove it, or check it with typeof first`,
    ])
  })

  test.each([
    ['is declared', 'const fetch = 1; use(fetch); function use() {}'],
    ['is a parameter', 'use(1); function use(fetch) { return fetch }'],
    ['is a property', 'use({ fetch: 1 }.fetch); function use() {}'],
    ['is only the operand of typeof', 'use(typeof fetch); function use() {}'],
    ['is used after a typeof check', "if (typeof fetch === 'function') fetch('/')"],
    ['is used after a typeof check in a sequence', "if (App({}), 'undefined' !== typeof fetch) fetch('/')"],
    ['is used after a typeof check and &&', "typeof fetch === 'function' && fetch('/')"],
    [
      'is used in the other branch of a typeof check',
      "use(typeof fetch === 'undefined' ? 1 : fetch); function use() {}",
    ],
  ])('a name that %s is no issue', async (_, script) => {
    expect(await findIssues({ 'app.js': script })).toEqual([])
  })

  test('a single use without a typeof check is an issue', async () => {
    expect(
      await findIssues({ 'app.js': "if (typeof fetch === 'function') fetch('/');\nfetch('/')" }),
    ).toEqual(['app.js fetch does not exist on a phone: remove it, or check it with typeof first'])
  })

  test('an allowed name is allowed in the listed file only', async () => {
    const files = { 'app.js': 'App(tt)', 'pages/home/index.js': 'Page(tt)' }
    expect(await findIssues(files, { allow: { tt: ['app.js'] } })).toEqual([
      'pages/home/index.js tt does not exist on a phone: remove it, or check it with typeof first',
    ])
  })

  test('an allowed name that no script uses is an issue', async () => {
    expect(await findIssues({}, { allow: { tt: ['app.js'] } })).toEqual([
      'app.js tt is allowed but not used: remove it from "allow"',
    ])
  })

  test('an issue has the line and column of the use', async () => {
    await using dist = await writeDist({ ...onePage, 'app.js': 'App({})\n\n  fetch()' })
    expect(checkWeapp({ dist: dist.folder }).issues).toMatchObject([{ file: 'app.js', line: 3, column: 3 }])
  })
})

describe('forbidden syntax', () => {
  test.each([
    ['const a = /(?<=b)c/', 'lookbehind'],
    ['const a = new RegExp("(?<!b)c")', 'lookbehind'],
    ['const a = /b/d', 'flag d'],
    ['eval("1")', 'eval'],
    ['const a = new Function("a", "return a")', 'new Function'],
    ['const a = Function("return 1")()', 'new Function'],
    ['class A { static { App({}) } }', 'static block'],
    ['class A { #b = 1 }', 'private member'],
    ['class A { b = 1 }', 'field of a class'],
    ['import("./b")', 'import()'],
    ['const a = ;', 'cannot be parsed'],
  ])('the script %s is an issue', async (script, message) => {
    expect(await findIssues({ 'app.js': script })).toEqual([expect.stringContaining(message)])
  })

  test.each([
    "const a = new Function('return this')()",
    'const a = b?.c ?? 1; var b',
    'const a = /(?<year>\\d+)/u',
  ])('the script %s is no issue', async (script) => {
    expect(await findIssues({ 'app.js': script })).toEqual([])
  })
})

describe('templates', () => {
  test("a warning of WeChat's template compiler is an issue", async () => {
    expect(
      await findIssues({ 'pages/home/index.wxml': '<view>\n<text>{{ word + }}</text></view>' }),
    ).not.toEqual([])
  })
})

describe('app.json', () => {
  const icon = (size: number) => ({ 'icon.png': Buffer.alloc(size) })
  const tab = { pagePath: 'pages/home/index', text: 'Home' }

  test.each([
    [
      'a page that is missing',
      { pages: ['pages/home/index', 'pages/gone/index'] },
      'pages/gone/index.js is missing',
    ],
    ['a page that is listed twice', { pages: ['pages/home/index', 'pages/home/index'] }, 'twice'],
    ['no page', { pages: [] }, 'lists no page'],
    [
      'a page of a sub-package that is missing',
      { subPackages: [{ root: 'a', pages: ['b'] }] },
      'a/b.wxml is missing',
    ],
    [
      'an entryPagePath that is no page',
      { entryPagePath: 'pages/gone/index' },
      'starts with pages/gone/index',
    ],
    ['a tab bar of one', { tabBar: { list: [tab] } }, 'tab bar of 1'],
    [
      'a tab without a page',
      { tabBar: { list: [tab, { ...tab, pagePath: 'a/b' }] } },
      'not a page of the main',
    ],
    ['a tab without text', { tabBar: { list: [tab, { ...tab, text: '' }] } }, 'tab without text'],
    [
      'a tab with a missing icon',
      { tabBar: { list: [tab, { ...tab, iconPath: 'a.png' }] } },
      'a.png, which is missing',
    ],
    [
      'a tab with a large icon',
      { tabBar: { list: [tab, { ...tab, iconPath: 'icon.png' }] } },
      'larger than 40 KiB',
    ],
    [
      'a theme variable without themeLocation',
      { window: { backgroundColor: '@background' } },
      'no themeLocation',
    ],
    [
      'a theme variable that theme.json lacks',
      { window: { a: '@gone' }, themeLocation: 'theme.json' },
      'lacks for dark',
    ],
  ])('%s is an issue', async (_, overrides, message) => {
    const app = { pages: ['pages/home/index'], ...overrides }
    const issues = await findIssues({
      'app.json': app,
      'theme.json': { light: {}, dark: {} },
      ...icon(41 * 1024),
    })
    expect(issues.join('\n')).toContain(message)
  })

  test('a missing component is an issue of the page that uses it', async () => {
    const page = { usingComponents: { card: '../../card/index', plugin: 'plugin://a/b' } }
    expect(await findIssues({ 'pages/home/index.json': page })).toEqual([
      'pages/home/index.json uses <card> from ../../card/index, which is missing',
    ])
  })
})

describe('package sizes', () => {
  test('a main package above 2 MiB is an issue, a sub-package of 2 MiB is none', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024)
    const app = { pages: ['pages/home/index'], subPackages: [{ root: 'album', pages: [] }] }
    expect(await findIssues({ 'app.json': app, 'album/large.png': large })).toEqual([])
    expect(await findIssues({ 'large.png': large })).toEqual([
      expect.stringContaining('the main package is 2048.1 KiB'),
    ])
  })

  test('a main package above its budget is an issue', async () => {
    const budget = { baseline: { raw: 10, gzip: 10 }, maxExtra: { raw: 10, gzip: 100_000 } }
    expect(await findIssues({}, { budget })).toEqual([
      expect.stringContaining('(raw): the budget is 0.0 KiB'),
    ])
  })
})

test('a script that matches a forbidden pattern is an issue', async () => {
  expect(await findIssues({ 'app.js': 'App({ a: "$ZodType" })' }, { forbidText: ['\\$ZodType'] })).toEqual([
    'app.js contains \\$ZodType',
  ])
})
