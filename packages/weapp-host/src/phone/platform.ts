/** Where a mini-program runs: their words for one and the same thing differ. */
export type Platform = 'ios' | 'android' | 'devtools'
