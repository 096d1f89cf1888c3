import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
const documents = tracked.filter((file) => file.endsWith('.md'))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(
    ([, ...groups]) => groups.find((group) => group !== undefined) ?? [],
  )
}

describe('documents', () => {
  test.each(documents)('%s links to files that exist', (document) => {
    const links = matches(read(document), /\]\(([^)#\s]+)(?:#[^)]*)?\)|src="([^"]+)"/g).filter(
      (link) => !/^[a-z]+:/.test(link),
    )
    const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(document), link)))
    expect(missing).toEqual([])
  })

  test.each(documents)('%s names source files that exist', (document) => {
    const names = matches(
      read(document),
      /`((?:apps|packages|tooling|docs)\/[\w./-]+\.(?:ts|tsx|mjs|cjs|json|md|prisma))`/g,
    )
    const invented = /care|me\/help|note/
    const missing = names.filter((name) => !invented.test(name) && !existsSync(path.join(root, name)))
    expect(missing).toEqual([])
  })

  test.each(documents)('%s names npm scripts that exist', (document) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const names = matches(read(document), /npm run ([\w:-]+)/g)
    expect(names.filter((name) => !(name in scripts))).toEqual([])
  })

  test('every test that docs/security.md quotes exists', () => {
    const quotes = [...read('docs/security.md').matchAll(/`([\w./-]+\.test\.ts)`((?:,? "[^"]+")*)/g)]
    expect(quotes.length).toBeGreaterThan(30)
    const missing = quotes.flatMap(([, file = '', titles = '']) => {
      const place = ['apps/api/test', 'apps/api', '.']
        .map((base) => path.join(base, file))
        .find((name) => existsSync(path.join(root, name)))
      if (place === undefined) return [file]
      const source = read(place)
      return matches(titles, /"([^"]+)"/g)
        .filter((title) => !source.includes(title))
        .map((title) => `${file} "${title}"`)
    })
    expect(missing).toEqual([])
  })

  test('both READMEs have the same sections, commands and links', () => {
    const [english, chinese] = [read('README.md'), read('README.zh-CN.md')]
    for (const pattern of [/^ {4}((?:npm|node|cp) [^#\n]*?)\s*(?:#.*)?$/gm, /\]\(([^)]+)\)/g]) {
      const ownLanguage = /^README/
      const inEnglish = matches(english, pattern).filter((found) => !ownLanguage.test(found))
      const inChinese = matches(chinese, pattern).filter((found) => !ownLanguage.test(found))
      expect(new Set(inChinese)).toEqual(new Set(inEnglish))
    }
    expect(chinese.match(/^## /gm)?.length).toBe(english.match(/^## /gm)?.length)
    expect(chinese.match(/^- \*\*/gm)?.length).toBe(english.match(/^- \*\*/gm)?.length)
  })
})
