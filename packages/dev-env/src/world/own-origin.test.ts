import { expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin.ts'

test.each([
  ['a request without an origin', undefined, '127.0.0.1:10086'],
  ['the page at localhost', 'http://localhost:10086', 'localhost:10086'],
  ['the page at an IPv4 address', 'http://192.168.1.20:10086', '192.168.1.20:10086'],
  ['the page at an IPv6 address', 'http://[::1]:10086', '[::1]:10086'],
])('the control plane accepts %s', (_caller, origin, host) => {
  expect(isOwnOrigin({ origin, host })).toBe(true)
})

test.each([
  ['a page of another site', 'https://example.com', '127.0.0.1:10086'],
  ['a page of another port', 'http://127.0.0.1:8080', '127.0.0.1:10086'],
  ['a host name that resolves to this machine', 'http://example.com:10086', 'example.com:10086'],
  ['a page in a sandboxed frame', 'null', '127.0.0.1:10086'],
])('the control plane refuses %s', (_caller, origin, host) => {
  expect(isOwnOrigin({ origin, host })).toBe(false)
})
