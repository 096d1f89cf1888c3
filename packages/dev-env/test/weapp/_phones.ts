/** Where WeChat's words differ, and what a promise is made of. */
export const phones = [
  { platform: 'ios', promises: 'microtask' },
  // iOS 15 and below.
  { platform: 'ios', promises: 'macrotask' },
  { platform: 'android', promises: 'microtask' },
  { platform: 'devtools', promises: 'microtask' },
] as const

/** For what has nothing to do with WeChat's words. */
export const twoPhones = [phones[1], phones[2]] as const
