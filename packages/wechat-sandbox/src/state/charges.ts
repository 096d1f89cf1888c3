import type { WeChatApp } from './apps.ts'

/** The price of the phone button so far, by WeChat's notice of 2023-08-28. */
export interface Charges {
  /** Taps that yielded a code; a code that is never exchanged counts too. */
  readonly phoneTaps: number
  readonly freeTapsLeft: number
  readonly billedTaps: number
  /** In yuan. */
  readonly cny: number
}

export interface ChargeMeter {
  countTap(app: WeChatApp): void
  read(app: WeChatApp): Charges
}

const FREE_TAPS = 1_000
const FEN_PER_TAP = 3

export function createChargeMeter(): ChargeMeter {
  const taps = new Map<WeChatApp, number>()
  return {
    countTap(app) {
      taps.set(app, (taps.get(app) ?? 0) + 1)
    },
    read(app) {
      const phoneTaps = taps.get(app) ?? 0
      const billedTaps = Math.max(0, phoneTaps - FREE_TAPS)
      const freeTapsLeft = Math.max(0, FREE_TAPS - phoneTaps)
      return { phoneTaps, freeTapsLeft, billedTaps, cny: (billedTaps * FEN_PER_TAP) / 100 }
    },
  }
}
