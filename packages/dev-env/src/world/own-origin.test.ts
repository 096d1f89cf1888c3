import { expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin.ts'

test.each([
  ['a call from no page', undefined, '127.0.0.1:10086'],
  ['the page on this machine', 'http://localhost:10086', 'localhost:10086'],
  ['the page on a telephone', 'http://192.168.1.20:10086', '192.168.1.20:10086'],
  ['the page over IPv6', 'http://[::1]:10086', '[::1]:10086'],
])('%s may steer', (_who, origin, host) => {
  expect(isOwnOrigin({ origin, host })).toBe(true)
})

test.each([
  ['a page of the world', 'https://example.com', '127.0.0.1:10086'],
  ['another server of this machine', 'http://127.0.0.1:8080', '127.0.0.1:10086'],
  ['a name that leads to this machine', 'http://example.com:10086', 'example.com:10086'],
  ['a page in a sandboxed frame', 'null', '127.0.0.1:10086'],
])('%s may not', (_who, origin, host) => {
  expect(isOwnOrigin({ origin, host })).toBe(false)
})
