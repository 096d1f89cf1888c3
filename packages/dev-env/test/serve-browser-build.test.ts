import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { serveBrowserBuild } from '../src/world/serve-browser-build.ts'

/** Serves an empty folder; `build` writes a page with one script to it. */
async function startServer() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-page-'))
  const wechat = await startSandbox({ controlPort: 0 })
  const controlUrl = wechat.controlUrl ?? ''
  const server = serveBrowserBuild({ folder, apiUrl: wechat.url, controlUrl })
  return {
    async build(name: string) {
      await rm(path.join(folder, 'js'), { recursive: true, force: true })
      await mkdir(path.join(folder, 'js'))
      await writeFile(path.join(folder, 'js', `${name}.js`), `log('${name}')`)
      await writeFile(path.join(folder, 'index.html'), `<script src="/js/${name}.js"></script>`)
    },
    get: (url: string, headers = {}) => server.inject({ url, headers }),
    async [Symbol.asyncDispose]() {
      await server.close()
      await wechat[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

test('a new build is served without a restart', async () => {
  await using server = await startServer()
  await server.build('first')
  expect((await server.get('/js/first.js')).body).toBe("log('first')")
  await server.build('second')
  const { body, headers } = await server.get('/js/second.js')
  expect(body).toBe("log('second')")
  expect(headers['content-type']).toContain('javascript')
  expect((await server.get('/')).body).toContain('second.js')
})

test('every path of the app serves index.html', async () => {
  await using server = await startServer()
  await server.build('app')
  const { statusCode, body, headers } = await server.get('/pages/me/index?from=home')
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(body).toContain('app.js')
})

test('a missing file gets 404 instead of index.html', async () => {
  await using server = await startServer()
  await server.build('app')
  expect((await server.get('/js/gone.js')).statusCode).toBe(404)
})

test('a page without a build shows the build command', async () => {
  await using server = await startServer()
  const { statusCode, body } = await server.get('/')
  expect(statusCode).toBe(503)
  expect(body).toContain('build:h5')
})

test('a missing folder is refused with the build command', () => {
  const options = { folder: '/nowhere/dist/h5', apiUrl: '', controlUrl: '' }
  expect(() => serveBrowserBuild(options)).toThrow(
    /\/nowhere\/dist\/h5 is missing: build it with: .*build:h5/,
  )
})

test('a phone on the same network can use the control plane', async () => {
  await using server = await startServer()
  const host = '192.168.1.20:10086'
  const { statusCode, body } = await server.get('/_sandbox/people', { host, origin: `http://${host}` })
  expect(statusCode).toBe(200)
  expect(body).toContain('alice')
})

test('a page of another origin cannot use the control plane', async () => {
  await using server = await startServer()
  const { statusCode, body } = await server.get('/_sandbox/people', { origin: 'https://example.com' })
  expect(statusCode).toBe(403)
  expect(body).not.toContain('alice')
})
