import { expect, test } from 'vitest'
import { startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchAccessToken } from './_requests.ts'

const fetchPage = async (url: string | undefined) => (await fetch(`${url}/`)).text()

test('the page shows people, valid codes, tokens and the last calls', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const alice = sandbox.person('alice')
  await exchangeLoginCode(sandbox, 'unknown')
  const [code, token] = [alice.tapsLogin(), await fetchAccessToken(sandbox)]
  sandbox.faults.add({ kind: 'html' })
  const page = await fetchPage(sandbox.controlUrl)
  expect(page).toContain('柿柿如意')
  expect(page).toContain(`data-copy="${code}"`)
  expect(page).toContain(`data-copy="${token}"`)
  expect(page).toContain('<td>/sns/jscode2session</td>')
  expect(page).toContain('<span class="badge error">40029</span>')
  expect(page).toContain(sandbox.url)
})

test('the page escapes the names of people', async () => {
  const name = '"><img src=x onerror=alert(1)>'
  await using sandbox = await startSandbox({ controlPort: 0, people: [{ name, phones: ['+8613800008915'] }] })
  const page = await fetchPage(sandbox.controlUrl)
  expect(page).not.toContain('<img')
  expect(page).toContain('&quot;&gt;&lt;img')
})

test('the page loads only its own style and script', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const response = await fetch(`${sandbox.controlUrl}/_sandbox/page`)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const path of ['/_sandbox/page.css', '/_sandbox/page.js']) {
    expect((await fetch(`${sandbox.controlUrl}${path}`)).status).toBe(200)
  }
})
