import { expect, test } from 'vitest'
import { explainCode } from './explain-code.ts'

test.each([
  ['0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P', 'login'],
  ['e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144', 'phone'],
  ['E31968A7F94CC5EE25FAFC2AEF2773F0BB8C3937B22520EB8EE345274D00C144', 'phone'],
  ['the code is a mock one', 'mock'],
  [' the code is a mock one\n', 'mock'],
  ['', 'unknown'],
  ['0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5', 'unknown'],
  ['undefined', 'unknown'],
  ['g'.repeat(64), 'unknown'],
] as const)('explainCode classifies %j as %s', (code, kind) => {
  expect(explainCode(code)).toBe(kind)
})
