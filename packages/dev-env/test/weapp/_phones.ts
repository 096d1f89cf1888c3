/** Platforms whose `errMsg` texts differ, with the kinds of promises that occur on them. */
export const phones = [
  { platform: 'ios', promises: 'microtask' },
  { platform: 'ios', promises: 'macrotask' }, // iOS 15 and older.
  { platform: 'android', promises: 'microtask' },
  { platform: 'devtools', promises: 'microtask' },
] as const

/** For tests that do not depend on `errMsg` texts. */
export const twoPhones = [phones[1], phones[2]] as const
