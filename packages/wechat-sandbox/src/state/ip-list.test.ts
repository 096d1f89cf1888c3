import { expect, test } from 'vitest'
import { isListed, toBlockList } from './ip-list.ts'

test.each([
  ['127.0.0.1', ['127.0.0.1'], true],
  ['::ffff:127.0.0.1', ['127.0.0.1'], true],
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8'], false],
  ['::1', ['::1'], true],
  ['127.0.0.1', [], false],
])('address %s against the list %j: listed is %s', (address, list, expected) => {
  expect(isListed(address, list)).toBe(expected)
})

test.each(['everywhere', '10.0.0.0/33', '10.0.0.0/x', ''])('an IP list refuses "%s"', (entry) => {
  expect(() => toBlockList([entry])).toThrow('is not an IP address or network')
})
