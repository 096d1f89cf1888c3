// Fails on every word that docs/glossary.md retires. The list is tooling/retired-words.json.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './run.mjs'

const text =
  /\.(?:ts|tsx|mts|cts|mjs|cjs|js|css|md|json|yml|yaml|html|sql|prisma|example|sh)$|(?:^|\/)(?:run|\.env[^/]*)$/
/** Texts that are data, transcribed from elsewhere, generated, or the list itself. */
const excluded =
  /pnpm-lock\.yaml$|(?:^|\/)fixtures\/|retired-words\.|docs\/glossary\.md$|wx-api\.ts$|\/migrations\/|flagged-words\.ts$/

const list = JSON.parse(readFileSync(new URL('./retired-words.json', import.meta.url), 'utf8'))
const words = list.words.map(({ find, use }) => ({ pattern: new RegExp(`\\b(?:${find})\\b`, 'i'), use }))
const identifiers = list.identifiers.map(({ find, use }) => ({ pattern: new RegExp(find), use }))
const allowed = list.allow.map(({ file, text, reason }) => ({ file, text, reason }))

/** Splits names into words: `LoginStore` becomes `Login Store`, `login-store` becomes `login store`. */
const intoWords = (line) => line.replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ').replace(/[-_]/g, ' ')

const only = process.argv.slice(2)
const files = execFileSync('git', ['ls-files', ...only], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => text.test(file) && !excluded.test(file))

let count = 0
for (const file of files) {
  check(file, 0, file)
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      check(file, index + 1, line)
    })
}

if (count > 0) console.error(`\n${count} retired words. docs/glossary.md names the standard terms.`)
process.exitCode = count > 0 ? 1 : 0

function check(file, number, line) {
  const visible = allowed
    .filter((entry) => file.startsWith(entry.file))
    .reduce((rest, entry) => rest.replaceAll(entry.text, ''), line)
  const asWords = intoWords(visible)
  for (const { pattern, use } of words) report(pattern.exec(asWords), use)
  for (const { pattern, use } of identifiers) report(pattern.exec(visible), use)

  function report(found, use) {
    if (!found) return
    count += 1
    console.error(`${file}:${number}: "${found[0]}" is retired; use ${use}`)
  }
}
