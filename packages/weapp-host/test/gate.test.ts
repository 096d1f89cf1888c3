import { describe, expect, test } from 'vitest'
import baseline from '../baselines/taro-4.2.1-react-18.json' with { type: 'json' }
import { checkWeapp, type GateOptions } from '../src/index.ts'
import { distOf } from './_build-taro-apps.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** The faults of a mini-program that differs from a good one in these files. */
async function faultsOf(files: Parameters<typeof writeDist>[0], options: Partial<GateOptions> = {}) {
  await using dist = await writeDist({ ...onePage, ...files })
  return checkWeapp({ dist: dist.folder, ...options }).faults.map(
    ({ file, message }) => `${file ?? ''} ${message}`,
  )
}

test('a good build has no faults', async () => {
  expect(await faultsOf({})).toEqual([])
})

describe("Taro's own builds", () => {
  const allow = { tt: ['taro.js'] }
  const hello = checkWeapp({ dist: distOf('hello-taro'), allow })
  const tour = checkWeapp({ dist: distOf('tour-taro'), allow })

  test('the hello world has one free name, which Taro never reaches', () => {
    expect(hello.faults).toEqual([])
    expect(Object.keys(hello.guarded)).toContain('MessageChannel')
  })

  test('the baseline that is checked in is the size of the hello world', () => {
    // Not to the byte: a minor update of a package that Taro brings may move it.
    expect(hello.sizes.main.raw / baseline.raw).toBeCloseTo(1, 2)
    expect(hello.sizes.main.gzip / baseline.gzip).toBeCloseTo(1, 2)
  })

  test('the tour calls new Function with a text, and nothing else', () => {
    expect(tour.faults.map(({ rule, file }) => [rule, file])).toEqual([['syntax', 'pages/faults/index.js']])
  })

  test('a sub-package is weighed apart', () => {
    expect(Object.keys(tour.sizes.subPackages)).toEqual(['album'])
    expect(tour.sizes.subPackages.album?.raw).toBeLessThan(tour.sizes.main.raw / 100)
  })
})

describe('names that a phone does not know', () => {
  test.each([
    'fetch',
    'AbortController',
    'process',
    'Buffer',
    'TextEncoder',
    'structuredClone',
    'Intl',
    'window',
  ])('%s is one', async (name) => {
    expect(await faultsOf({ 'app.js': `App({}); use(${name}); function use() {}` })).toEqual([
      `app.js ${name} is not there on a phone`,
    ])
  })

  test.each([
    ['is declared', 'const fetch = 1; use(fetch); function use() {}'],
    ['is a parameter', 'use(1); function use(fetch) { return fetch }'],
    ['is a property', 'use({ fetch: 1 }.fetch); function use() {}'],
    ['is only asked about', 'use(typeof fetch); function use() {}'],
    ['stands behind typeof', "if (typeof fetch === 'function') fetch('/')"],
    ['stands behind typeof in a sequence', "if (App({}), 'undefined' !== typeof fetch) fetch('/')"],
    ['stands behind typeof and a conjunction', "typeof fetch === 'function' && fetch('/')"],
    ['stands in the other branch', "use(typeof fetch === 'undefined' ? 1 : fetch); function use() {}"],
  ])('a name that %s is none', async (_, script) => {
    expect(await faultsOf({ 'app.js': script })).toEqual([])
  })

  test('one use without a guard is enough', async () => {
    expect(await faultsOf({ 'app.js': "if (typeof fetch === 'function') fetch('/');\nfetch('/')" })).toEqual([
      'app.js fetch is not there on a phone',
    ])
  })

  test('a name is allowed in the file that was looked at, and nowhere else', async () => {
    const files = { 'app.js': 'App(tt)', 'pages/home/index.js': 'Page(tt)' }
    expect(await faultsOf(files, { allow: { tt: ['app.js'] } })).toEqual([
      'pages/home/index.js tt is not there on a phone',
    ])
  })

  test('an allowance that nothing needs is a fault', async () => {
    expect(await faultsOf({}, { allow: { tt: ['app.js'] } })).toEqual([
      'app.js tt is allowed and not used: take it off the list',
    ])
  })

  test('the place is told', async () => {
    await using dist = await writeDist({ ...onePage, 'app.js': 'App({})\n\n  fetch()' })
    expect(checkWeapp({ dist: dist.folder }).faults).toMatchObject([{ file: 'app.js', line: 3, column: 3 }])
  })
})

describe('syntax', () => {
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
  ])('%s is a fault', async (script, words) => {
    expect(await faultsOf({ 'app.js': script })).toEqual([expect.stringContaining(words)])
  })

  test.each([
    "const a = new Function('return this')()",
    'const a = b?.c ?? 1; var b',
    'const a = /(?<year>\\d+)/u',
  ])('%s is none', async (script) => {
    expect(await faultsOf({ 'app.js': script })).toEqual([])
  })
})

describe('templates', () => {
  test("what WeChat's compiler warns of is a fault", async () => {
    expect(
      await faultsOf({ 'pages/home/index.wxml': '<view>\n<text>{{ word + }}</text></view>' }),
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
    ['an entry that is no page', { entryPagePath: 'pages/gone/index' }, 'starts with pages/gone/index'],
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
    ['a theme without a file', { window: { backgroundColor: '@background' } }, 'no themeLocation'],
    [
      'a theme that lacks a colour',
      { window: { a: '@gone' }, themeLocation: 'theme.json' },
      'lacks for dark',
    ],
  ])('%s is a fault', async (_, own, words) => {
    const app = { pages: ['pages/home/index'], ...own }
    const faults = await faultsOf({
      'app.json': app,
      'theme.json': { light: {}, dark: {} },
      ...icon(41 * 1024),
    })
    expect(faults.join('\n')).toContain(words)
  })

  test('a component that is missing is a fault of its page', async () => {
    const page = { usingComponents: { card: '../../card/index', plugin: 'plugin://a/b' } }
    expect(await faultsOf({ 'pages/home/index.json': page })).toEqual([
      'pages/home/index.json uses <card> of ../../card/index, which is missing',
    ])
  })
})

describe('size', () => {
  test('a main package above 2 MiB is a fault, a sub-package beside it none', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024)
    const app = { pages: ['pages/home/index'], subPackages: [{ root: 'album', pages: [] }] }
    expect(await faultsOf({ 'app.json': app, 'album/large.png': large })).toEqual([])
    expect(await faultsOf({ 'large.png': large })).toEqual([
      expect.stringContaining('the main package weighs 2048.1 KiB'),
    ])
  })

  test('a budget is held against the baseline', async () => {
    const budget = { baseline: { raw: 10, gzip: 10 }, maxExtra: { raw: 10, gzip: 100_000 } }
    expect(await faultsOf({}, { budget })).toEqual([expect.stringContaining('(raw); the budget is 0.0 KiB')])
  })
})

test('a text that must not be there is a fault', async () => {
  expect(await faultsOf({ 'app.js': 'App({ a: "$ZodType" })' }, { forbidText: ['\\$ZodType'] })).toEqual([
    'app.js contains \\$ZodType',
  ])
})
