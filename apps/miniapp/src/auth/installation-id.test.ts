import { expect, test } from 'vitest'
import { createPersistentMap } from '../lib/persistent-map.ts'
import { getOrCreateInstallationId } from './installation-id.ts'

const emptyStorage = () => createPersistentMap({ read: () => '', write: () => {}, remove: () => {} })

test('an installation keeps its id', () => {
  const storage = emptyStorage()
  const id = getOrCreateInstallationId(storage, () => 0.25)
  expect(id).toMatch(/^[0-9a-z]{24}$/)
  expect(getOrCreateInstallationId(storage, () => 0.75)).toBe(id)
})

test.each([[0], [0.999999999999]])(
  'the random number %d makes an installation id of 24 characters',
  (fraction) => {
    expect(getOrCreateInstallationId(emptyStorage(), () => fraction)).toMatch(/^[0-9a-z]{24}$/)
  },
)
