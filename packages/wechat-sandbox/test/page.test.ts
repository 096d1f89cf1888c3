import { expect, test } from 'vitest'
import { startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchAccessToken } from './_ask.ts'

const page = async (url: string | undefined) => (await fetch(`${url}/`)).text()

test('the page shows people, live codes, tokens and the last calls', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const alice = sandbox.person('alice')
  await exchangeLoginCode(sandbox, 'nobody')
  const [code, token] = [alice.tapsLogin(), await fetchAccessToken(sandbox)]
  sandbox.faults.add({ kind: 'html' })
  const shown = await page(sandbox.controlUrl)
  expect(shown).toContain('柿柿如意')
  expect(shown).toContain(`data-copy="${code}"`)
  expect(shown).toContain(`data-copy="${token}"`)
  expect(shown).toContain('<td>/sns/jscode2session</td>')
  expect(shown).toContain('<span class="badge bad">40029</span>')
  expect(shown).toContain(sandbox.url)
})

test('a name cannot become part of the page', async () => {
  const name = '"><img src=x onerror=alert(1)>'
  await using sandbox = await startSandbox({ controlPort: 0, people: [{ name, phones: ['+8613800008915'] }] })
  const shown = await page(sandbox.controlUrl)
  expect(shown).not.toContain('<img')
  expect(shown).toContain('&quot;&gt;&lt;img')
})

test('the page loads nothing from elsewhere', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const answer = await fetch(`${sandbox.controlUrl}/_sandbox/page`)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const path of ['/_sandbox/page.css', '/_sandbox/page.js']) {
    expect((await fetch(`${sandbox.controlUrl}${path}`)).status).toBe(200)
  }
})
