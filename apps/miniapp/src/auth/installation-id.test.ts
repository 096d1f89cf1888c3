import { expect, test } from 'vitest'
import { createKeep } from '../lib/persistent-map.ts'
import { readInstallationId } from './installation-id.ts'

test('an installation keeps its name', () => {
  const keep = createKeep({ read: () => '', write: () => {}, remove: () => {} })
  const id = readInstallationId(keep, Math.random)
  expect(id).toMatch(/^[0-9a-z]{24}$/)
  expect(readInstallationId(keep, Math.random)).toBe(id)
})

test.each([[0], [0.999999999999]])('chance of %d still makes a whole name', (fraction) => {
  const keep = createKeep({ read: () => '', write: () => {}, remove: () => {} })
  expect(readInstallationId(keep, () => fraction)).toMatch(/^[0-9a-z]{24}$/)
})
