import type { PrepareOutput } from '@kinpass/contracts'
import { wantsLoginCode } from '../errors/app-error.ts'

/** WeChat's codes live five minutes; one that is nearly over may be spent before the server sees it. */
const goodForMs = 4 * 60_000

/** Codes of `wx.login`, taken ahead of the tap: the popup opens, the code is fetched, the tap finds it ready. */
export interface LoginCodes {
  /** Takes a code ahead and has the server exchange it, unless a good one is there. */
  readonly prepare: () => void
  /** A good code: the one taken ahead, or a fresh one. */
  readonly take: () => Promise<string>
  /** Forgets the code, because it is spent. */
  readonly drop: () => void
}

export interface LoginCodesParts {
  readonly fetchCode: () => Promise<string>
  readonly prepare: (input: { code: string }) => Promise<PrepareOutput>
  readonly clock: () => number
}

export function createLoginCodes({ fetchCode, prepare, clock }: LoginCodesParts): LoginCodes {
  let kept: { readonly code: Promise<string>; readonly until: number } | undefined

  function take() {
    if (kept === undefined || clock() > kept.until) {
      const fresh = { code: fetchCode(), until: clock() + goodForMs }
      kept = fresh
      fresh.code.catch(() => forget(fresh))
    }
    return kept.code
  }

  function forget(code: typeof kept) {
    if (kept === code) kept = undefined
  }

  /** Only saves time: without its answer, the login itself exchanges the code. */
  async function haveExchanged(code: Promise<string>) {
    const asked = kept
    try {
      const { keptForSeconds } = await prepare({ code: await code })
      if (asked && kept === asked)
        kept = { ...asked, until: Math.min(asked.until, clock() + keptForSeconds * 1000) }
    } catch (error) {
      if (wantsLoginCode(error)) forget(asked)
    }
  }

  return {
    prepare() {
      const before = kept
      const code = take()
      if (kept !== before) void haveExchanged(code)
    },
    take,
    drop() {
      kept = undefined
    },
  }
}
