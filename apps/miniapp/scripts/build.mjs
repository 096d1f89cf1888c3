// Builds one target with Taro, and fails where Taro only prints: it exits 0 after errors of its configuration.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'

const proof = { weapp: 'dist/weapp/app.json', h5: 'dist/h5/index.html' }
const target = process.argv[2]
if (!(target in proof)) throw new Error(`usage: build.mjs ${Object.keys(proof).join('|')}`)

rmSync(`dist/${target}`, { recursive: true, force: true })
const { status } = spawnSync('taro', ['build', '--type', target, '--no-check'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
})
if (status !== 0) process.exit(status ?? 1)
if (!existsSync(proof[target])) {
  console.error(`The build ended without ${proof[target]}: read Taro's output above.`)
  process.exit(1)
}
