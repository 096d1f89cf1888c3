/** The steps of a login at which a process may die, in their order. */
export const steps = [
  'before the claim of the login code',
  'after the claim of the login code',
  'before jscode2session',
  'after jscode2session',
  'before the claim of the phone code',
  'after the claim of the phone code',
  'before getuserphonenumber',
  'after getuserphonenumber',
  'at the beginning of the transaction',
  'after the member is written',
  'after the session is written',
  'before the commit',
  'after the commit',
] as const

export type Step = (typeof steps)[number]
