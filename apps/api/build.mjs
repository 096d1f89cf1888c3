// Bundles the API and the packages of this workspace into dist/main.js; what the registry holds stays outside.
import { cp, readFile, rm } from 'node:fs/promises'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'))
const ours = (name) => name.startsWith('@kinpass/')
const external = Object.keys(dependencies).filter((name) => !ours(name))

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true, // what is imported later is read later
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  external: external.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
})
await cp('prisma/migrations', 'dist/migrations', { recursive: true })
