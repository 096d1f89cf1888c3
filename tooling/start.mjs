// `npm start`: sets everything up, then runs the whole world on this machine.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { step } from './progress.mjs'
import { run } from './run.mjs'

requireNode()
if (process.argv.includes('--help')) {
  console.log(`npm start            sets up and runs everything: local WeChat, database, API, the mini-program in a browser

Settings (environment, or a file named .env):
  PORT                  of the API, 3000
  H5_PORT, H5_HOST      of the page to open, 10086 on 127.0.0.1
  WECHAT_SANDBOX_PORT   of the local WeChat, 3100
  WECHAT_CONTROL_PORT   of its control plane, 3101
  DATABASE_URL          pglite:./.kinpass/database, or postgresql://…
All settings of the API stand in .env.example.`)
  process.exit(0)
}

console.log('\nKinpass 家属通\n')
await step('packages', install)
await step('generated code and the browser build', async () => {
  const code = await turbo(['run', 'generate', 'build:h5', '--output-logs=errors-only'], { quiet: true })
  if (code !== 0) process.exit(code)
})
process.exitCode = await run(process.execPath, ['--import', 'tsx', 'packages/dev-env/src/main.ts'])
