// Builds one target with Taro, and fails where Taro does not: it exits with 0 after errors in its configuration.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'

/** The file that a complete build of each target contains. */
const entryFiles = { weapp: 'dist/weapp/app.json', h5: 'dist/h5/index.html' }
const target = process.argv[2]
if (!(target in entryFiles)) throw new Error(`usage: build.mjs ${Object.keys(entryFiles).join('|')}`)

rmSync(`dist/${target}`, { recursive: true, force: true })
const { status } = spawnSync('taro', ['build', '--type', target, '--no-check'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
})
if (status !== 0) process.exit(status ?? 1)
if (!existsSync(entryFiles[target])) {
  console.error(`The build has no ${entryFiles[target]}: read Taro's output above.`)
  process.exit(1)
}
