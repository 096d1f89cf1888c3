// Bundles the API and the packages of this workspace into dist/main.js. Dependencies from the registry stay external.
import { cp, readFile, rm } from 'node:fs/promises'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'))
const external = Object.keys(dependencies).filter((name) => !name.startsWith('@kinpass/'))

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true, // keeps dynamic imports in separate files, which are loaded on demand
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  external: external.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
})
await cp('prisma/migrations', 'dist/migrations', { recursive: true })
