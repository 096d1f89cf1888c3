/** The points of a login at which a process may crash, in their order. */
export const crashPoints = [
  'before the claim of the login code',
  'after the claim of the login code',
  'before jscode2session',
  'after jscode2session',
  'before the claim of the phone code',
  'after the claim of the phone code',
  'before getuserphonenumber',
  'after getuserphonenumber',
  'at the start of the transaction',
  'after the member is written',
  'after the session is written',
  'before the commit',
  'after the commit',
] as const

export type CrashPoint = (typeof crashPoints)[number]
