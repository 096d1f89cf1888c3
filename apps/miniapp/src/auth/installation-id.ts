import type { PersistentMap } from '../lib/persistent-map.ts'

const STORAGE_KEY = 'kinpass.installation'

/**
 * Returns the random id of this installation; creates it on first use.
 *
 * The API uses it to recognize a repeated login of the same phone. It grants no access, so it is not a secret.
 *
 * @param random like `Math.random`
 */
export function getOrCreateInstallationId(storage: PersistentMap, random: () => number): string {
  const stored = storage.get(STORAGE_KEY)
  if (stored !== undefined) return stored
  const id = Array.from({ length: 4 }, () => sixCharacters(random())).join('')
  storage.set(STORAGE_KEY, id)
  return id
}

/** Six characters of 0-9 and a-z. */
function sixCharacters(fraction: number): string {
  return Math.floor(fraction * 36 ** 6)
    .toString(36)
    .padStart(6, '0')
}
