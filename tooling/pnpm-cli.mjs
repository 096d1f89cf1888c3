// Runs pnpm with the given arguments, for the scripts of package.json: the machine needs no pnpm of its own.
import { requireNode } from './node-version.mjs'
import { install, pnpm } from './pnpm.mjs'

requireNode()
await install()
process.exitCode = await pnpm(process.argv.slice(2), { env: { TURBO_TELEMETRY_DISABLED: '1' } })
