/** The telephones on which every outcome is driven: they differ in WeChat's words, and in what a promise is. */
export const phones = [
  { platform: 'ios', promises: 'microtask' },
  // iOS 15 and below.
  { platform: 'ios', promises: 'macrotask' },
  { platform: 'android', promises: 'microtask' },
  { platform: 'devtools', promises: 'microtask' },
] as const
