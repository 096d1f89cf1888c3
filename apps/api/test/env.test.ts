import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderEnvExample } from '../src/config/describe.ts'
import { ConfigError, readConfig } from '../src/config/env.ts'

const development = {
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  TOKEN_SECRET: 'Qm9vbSBhIHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo',
  DATA_SECRET: 'Zml0dGluZyBkYXRhIHNlY3JldCBmb3IgdGhlIHRlc3Rz',
}
const production = { ...development, NODE_ENV: 'production', DATABASE_URL: 'postgresql://kinpass@db/kinpass' }

function issuesOf(source: Record<string, string>): readonly string[] {
  try {
    readConfig(source)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
}

test('a missing setting has its default', () => {
  expect(readConfig(development)).toMatchObject({
    PORT: 3000,
    NODE_ENV: 'development',
    WECHAT_PHONE_BINDING: 'require',
  })
})

test('a blank setting has its default', () => {
  expect(readConfig({ ...development, PORT: ' ' }).PORT).toBe(3000)
})

test('all issues are reported in one error, each with its fix', () => {
  const issues = issuesOf({ NODE_ENV: 'production', PORT: 'many', TOKEN_SECRET: 'short' })
  expect(issues.join('\n')).toMatch(
    /PORT[\s\S]*WECHAT_APP_ID is missing[\s\S]*WECHAT_APP_SECRET is missing[\s\S]*TOKEN_SECRET is weak/,
  )
  expect(issuesOf({}).join()).toContain('openssl rand')
})

test('an issue does not contain the value', () => {
  expect(issuesOf({ ...development, TOKEN_SECRET: 'hunter2' }).join()).not.toContain('hunter2')
})

describe('production', () => {
  test('a production configuration without issues is accepted', () => {
    expect(issuesOf(production)).toEqual([])
  })

  test.each([
    ['the embedded database', { DATABASE_URL: 'pglite:./here' }, /DATABASE_URL/],
    ['a WeChat without TLS', { WECHAT_BASE_URL: 'http://127.0.0.1:1' }, /WECHAT_BASE_URL/],
    ['a secret of one letter', { TOKEN_SECRET: 'a'.repeat(64) }, /TOKEN_SECRET is weak/],
    [
      'a weak secret that is about to be rotated out',
      { DATA_SECRET: `${development.DATA_SECRET},${'a'.repeat(64)}` },
      /DATA_SECRET is weak/,
    ],
  ])('production refuses %s', (_name, wrong, issue) => {
    expect(issuesOf({ ...production, ...wrong }).join()).toMatch(issue)
  })
})

describe('signing with ES256', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }

  test('ES256 requires TOKEN_PRIVATE_KEYS and no TOKEN_SECRET', () => {
    const { TOKEN_SECRET: _, ...rest } = development
    expect(issuesOf({ ...rest, TOKEN_ALGORITHM: 'ES256' }).join()).toContain('TOKEN_PRIVATE_KEYS is missing')
    expect(
      issuesOf({ ...rest, TOKEN_ALGORITHM: 'ES256', TOKEN_PRIVATE_KEYS: JSON.stringify([key]) }),
    ).toEqual([])
  })

  test.each(['no JSON', '[]', '[{"kty":"RSA"}]'])('ES256 refuses the private keys %s', (keys) => {
    expect(issuesOf({ ...development, TOKEN_ALGORITHM: 'ES256', TOKEN_PRIVATE_KEYS: keys }).join()).toContain(
      'TOKEN_PRIVATE_KEYS',
    )
  })
})

test('a secret is read from the file that its _FILE setting names', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'kinpass-env-')), 'secret')
  await writeFile(file, `${development.TOKEN_SECRET}\n`)
  const { TOKEN_SECRET: _, ...rest } = development
  expect(readConfig({ ...rest, TOKEN_SECRET_FILE: file }).TOKEN_SECRET).toEqual([development.TOKEN_SECRET])
  expect(issuesOf({ ...rest, TOKEN_SECRET_FILE: '/nowhere' }).join()).toContain(
    'TOKEN_SECRET_FILE names a file',
  )
})

test('.env.example describes every setting', async () => {
  // To update it: pnpm --filter @kinpass/api env-example
  expect(await readFile(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(renderEnvExample())
})
