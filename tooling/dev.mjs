// `npm run dev`: the same parts as `npm start`; API and mini-program reload when their code changes.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { runStep } from './progress.mjs'

requireNode()
console.log('\nKinpass 家属通, development mode\n')
await runStep('packages', install)
await runStep('generated code', () =>
  turbo(['run', 'generate', '--output-logs=errors-only'], { quiet: true }),
)
console.log(`
  The page       http://127.0.0.1:${process.env.H5_PORT ?? 10086}, after the first build
  For DevTools   open apps/miniapp in WeChat's DevTools; apps/miniapp/dist/weapp is rebuilt on every change
`)
process.exitCode = await turbo(['run', 'dev', 'dev:h5', 'dev:weapp', '--ui=stream', '--env-mode=loose'])
