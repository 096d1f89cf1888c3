import { expect, test } from 'vitest'
import { createPersistentMap } from '../lib/persistent-map.ts'
import { getOrCreateInstallationId } from './installation-id.ts'

test('an installation keeps its name', () => {
  const keep = createPersistentMap({ read: () => '', write: () => {}, remove: () => {} })
  const id = getOrCreateInstallationId(keep, Math.random)
  expect(id).toMatch(/^[0-9a-z]{24}$/)
  expect(getOrCreateInstallationId(keep, Math.random)).toBe(id)
})

test.each([[0], [0.999999999999]])('chance of %d still makes a whole name', (fraction) => {
  const keep = createPersistentMap({ read: () => '', write: () => {}, remove: () => {} })
  expect(getOrCreateInstallationId(keep, () => fraction)).toMatch(/^[0-9a-z]{24}$/)
})
