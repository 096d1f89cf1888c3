// `npm run dev`: the same world as `npm start`, reloading the API and the mini-program as their code changes.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { step } from './progress.mjs'

requireNode()
console.log('\nKinpass 家属通, development mode\n')
await step('packages', install)
await step('generated code', () => turbo(['run', 'generate', '--output-logs=errors-only'], { quiet: true }))
console.log(`
  The page       http://127.0.0.1:${process.env.H5_PORT ?? 10086}, once the first build is through
  For DevTools   open apps/miniapp in WeChat's DevTools; apps/miniapp/dist/weapp is rebuilt on change
`)
process.exitCode = await turbo(['run', 'dev', 'dev:h5', 'dev:weapp', '--ui=stream', '--env-mode=loose'])
