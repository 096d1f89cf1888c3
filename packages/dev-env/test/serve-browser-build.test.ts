import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { serveBrowserBuild } from '../src/world/serve-browser-build.ts'

async function startPage() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinpass-page-'))
  const wechat = await startSandbox({ controlPort: 0 })
  const controlUrl = wechat.controlUrl ?? ''
  const server = serveBrowserBuild({ folder, apiUrl: wechat.url, controlUrl })
  async function build(word: string) {
    await rm(path.join(folder, 'js'), { recursive: true, force: true })
    await mkdir(path.join(folder, 'js'))
    await writeFile(path.join(folder, 'js', `${word}.js`), `say('${word}')`)
    await writeFile(path.join(folder, 'index.html'), `<script src="/js/${word}.js"></script>`)
  }
  return {
    build,
    get: (url: string, headers = {}) => server.inject({ url, headers }),
    async [Symbol.asyncDispose]() {
      await server.close()
      await wechat[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

test('what is built anew is served without a restart', async () => {
  await using page = await startPage()
  await page.build('first')
  expect((await page.get('/js/first.js')).body).toBe("say('first')")
  await page.build('second')
  const { body, headers } = await page.get('/js/second.js')
  expect(body).toBe("say('second')")
  expect(headers['content-type']).toContain('javascript')
  expect((await page.get('/')).body).toContain('second.js')
})

test('every address of the app is the one page', async () => {
  await using page = await startPage()
  await page.build('app')
  const { statusCode, body, headers } = await page.get('/pages/me/index?from=home')
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(body).toContain('app.js')
})

test('a file that is not there is not the page', async () => {
  await using page = await startPage()
  await page.build('app')
  expect((await page.get('/js/gone.js')).statusCode).toBe(404)
})

test('while nothing is built, the page says how it is built', async () => {
  await using page = await startPage()
  const { statusCode, body } = await page.get('/')
  expect(statusCode).toBe(503)
  expect(body).toContain('build:h5')
})

test('a missing folder is refused with its mend', () => {
  const options = { folder: '/nowhere/dist/h5', apiUrl: '', controlUrl: '' }
  expect(() => serveBrowserBuild(options)).toThrow(
    /\/nowhere\/dist\/h5 is missing: build it with: .*build:h5/,
  )
})

test('a telephone on the same network steers the local WeChat', async () => {
  await using page = await startPage()
  const host = '192.168.1.20:10086'
  const { statusCode, body } = await page.get('/_sandbox/people', { host, origin: `http://${host}` })
  expect(statusCode).toBe(200)
  expect(body).toContain('alice')
})

test('a page of another address steers nothing', async () => {
  await using page = await startPage()
  const { statusCode, body } = await page.get('/_sandbox/people', { origin: 'https://example.com' })
  expect(statusCode).toBe(403)
  expect(body).not.toContain('alice')
})
