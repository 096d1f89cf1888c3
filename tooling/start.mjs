// `npm start`: installs, builds the browser build, and runs every part on this machine.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { runStep } from './progress.mjs'
import { run } from './run.mjs'

requireNode()
if (process.argv.includes('--help')) {
  console.log(`npm start            installs and runs every part: WeChat sandbox, database, API, and the mini-program in a browser

Settings (environment variables, or a file named .env):
  PORT                  port of the API (3000)
  H5_PORT, H5_HOST      address of the page to open (10086 on 127.0.0.1)
  WECHAT_SANDBOX_PORT   port of the WeChat sandbox (3100)
  WECHAT_CONTROL_PORT   port of the sandbox's control plane (3101)
  DATABASE_URL          pglite:./.kinpass/database, or postgresql://…
.env.example lists every setting of the API.`)
  process.exit(0)
}

console.log('\nKinpass 家属通\n')
await runStep('packages', install)
await runStep('generated code and the browser build', async () => {
  const code = await turbo(['run', 'generate', 'build:h5', '--output-logs=errors-only'], { quiet: true })
  if (code !== 0) process.exit(code)
})
process.exitCode = await run(process.execPath, ['--import', 'tsx', 'packages/dev-env/src/main.ts'])
