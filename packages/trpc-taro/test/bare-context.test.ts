import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const packageFolder = new URL('..', import.meta.url).pathname

/** Bundles a program as a mini-program's build does, with this package's AbortController as the global. */
async function bundle(program: string, external: string[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: packageFolder, loader: 'ts' },
    inject: [`${packageFolder}test/_inject-abort-controller.ts`],
    bundle: true,
    minify: true,
    write: false,
    external,
    target: 'es2020',
    charset: 'utf8',
    // The same as in the build for npm.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    format: external.length > 0 ? 'esm' : 'iife',
  })
  return outputFiles.map(({ text }) => text).join('')
}

test('calls work in a context with only ECMAScript, timers and the request function', async () => {
  const program = await bundle(`
    import { createTRPCClient } from '@trpc/client'
    import { taroLink, toTransportErrorCode } from './src/index.ts'
    const client = createTRPCClient({ links: [taroLink({ url: 'https://api.invalid', request })] })
    client.ping.query().then(report)
    client.lost.mutate().catch((error) => report(toTransportErrorCode(error)))
  `)
  const reports: unknown[] = []
  await new Promise<void>((resolve) => {
    const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
    Object.assign(context, {
      setTimeout,
      clearTimeout,
      report: (value: unknown) => reports.push(value) === 2 && resolve(),
    })
    context.request = vm.runInContext(
      `(options) => {
        if (options.url.endsWith('ping')) options.success({ statusCode: 200, data: '{"result":{"data":"pong"}}' })
        else options.fail({ errMsg: 'request:fail interrupted' })
        return {}
      }`,
      context,
    )
    vm.runInContext(program, context)
  })
  expect(new Set(reports)).toEqual(new Set(['interrupted', 'pong']))
})

test('the link and the AbortController are smaller than 4 KiB minified', async () => {
  const text = await bundle(`export * from './src/index.ts'; export * from './src/abort-controller.ts'`, [
    '@trpc/*',
  ])
  expect(Buffer.byteLength(text)).toBeLessThan(4096)
  expect(gzipSync(text).length).toBeLessThan(2048)
})
