import type { Keep } from '../lib/persistent-map.ts'

const key = 'kinpass.installation'

/**
 * The random name of this installation. It tells the API that a repeated login comes from the same phone;
 * it opens nothing by itself, so it need not be secret.
 */
export function readInstallationId(keep: Keep, random: () => number): string {
  const known = keep.get(key)
  if (known !== undefined) return known
  const id = Array.from({ length: 4 }, () => word(random())).join('')
  keep.set(key, id)
  return id
}

/** Six characters of 0-9 and a-z. */
function word(fraction: number): string {
  return Math.floor(fraction * 36 ** 6)
    .toString(36)
    .padStart(6, '0')
}
