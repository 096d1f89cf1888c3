// Fails where two modules of the workspace export the same name for two things.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './run.mjs'

const declaration =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm

const files = execFileSync('git', ['ls-files', 'apps', 'packages'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(?:ts|tsx|mjs)$/.test(file) && !/\.config\.ts$/.test(file))

/** Name to the files that declare it; a schema and its type share one declaration. */
const declared = new Map()
for (const file of files) {
  const source = readFileSync(path.join(root, file), 'utf8')
  for (const [, name] of source.matchAll(declaration)) {
    const places = declared.get(name) ?? declared.set(name, new Set()).get(name)
    places.add(file)
  }
}

const doubled = [...declared].filter(([, places]) => places.size > 1)
for (const [name, places] of doubled) console.error(`${name} is exported by ${[...places].join(' and ')}`)
if (doubled.length > 0) console.error(`\n${doubled.length} names stand for two things: rename or share one.`)
process.exitCode = doubled.length > 0 ? 1 : 0
