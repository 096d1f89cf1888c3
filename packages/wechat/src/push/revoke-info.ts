/** Permissions that a user can revoke, by WeChat's numbers. */
export const revokeInfo = {
  1: 'license-plate',
  2: 'address',
  3: 'invoice',
  4: 'bluetooth',
  5: 'microphone',
  6: 'nickname-and-avatar',
  7: 'camera',
  8: 'phone-number',
  12: 'steps',
  13: 'location',
  14: 'pictures-and-videos',
  15: 'files',
  16: 'email',
  18: 'chosen-location',
  19: 'nickname',
  20: 'avatar',
} as const

export type RevokedPermission = (typeof revokeInfo)[keyof typeof revokeInfo] | `unknown-${number}`

/** Parses the RevokeInfo field, which contains one or several numbers. */
export function parseRevokeInfo(text: string): readonly RevokedPermission[] {
  const numbers = text.match(/\d{1,6}/g) ?? []
  return numbers.map(Number).map((number) => permissions[number] ?? (`unknown-${number}` as const))
}

/** Widened for the lookup by any number. */
const permissions: Readonly<Record<number, RevokedPermission>> = revokeInfo
