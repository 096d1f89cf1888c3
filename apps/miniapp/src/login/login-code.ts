/** WeChat's codes live five minutes; one that is nearly over may be spent before the server sees it. */
const goodForMs = 4 * 60_000

/** WeChat gave no login code: no network, or a WeChat too old. */
export class NoLoginCode extends Error {
  override readonly name = 'NoLoginCode'
}

/** Codes of `wx.login`, taken ahead of the tap: the popup opens, the code is fetched, the tap finds it ready. */
export interface LoginCodes {
  /** Takes a code ahead, unless a good one is there. */
  readonly prepare: () => void
  /** A good code: the one taken ahead, or a fresh one. */
  readonly take: () => Promise<string>
  /** Forgets the code, because it is spent. */
  readonly drop: () => void
}

export function createLoginCodes(fetchCode: () => Promise<string>, clock: () => number): LoginCodes {
  let kept: { code: Promise<string>; since: number } | undefined

  function take() {
    if (kept === undefined || clock() - kept.since > goodForMs) {
      const fresh = { code: fetchCode(), since: clock() }
      kept = fresh
      fresh.code.catch(() => {
        if (kept === fresh) kept = undefined
      })
    }
    return kept.code
  }

  return {
    prepare() {
      // A failure shows itself to whoever takes the code: `take` then asks WeChat again.
      take().catch(() => undefined)
    },
    take,
    drop() {
      kept = undefined
    },
  }
}
