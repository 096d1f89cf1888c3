import { setTimeout as pause } from 'node:timers/promises'
import { Failure, type FailureCode } from '@kinpass/contracts'
import type { DataKeys } from '../keys/data-keys.ts'
import type { KeyValue } from '../keyvalue/key-value.ts'

/** One question about a one-time code. */
export interface Question<T> {
  kind: 'login-code' | 'phone-code'
  code: string
  /** Who asks, and for what: the same code brought by anyone else is refused. */
  by: string
  /** Sends the code to WeChat. Called once per code, whoever asks, on whatever instance. */
  ask: () => Promise<T>
  /** Whether a failed `ask` certainly never reached WeChat, so that the code is still good. */
  neverSent: (error: unknown) => boolean
}

/** Asks WeChat about a one-time code once, and gives everyone who asks again the same answer. */
export type AskOnce = <T>(question: Question<T>) => Promise<T>

/** How long WeChat's codes live, and so how long an answer is kept. */
export const codeLifeMs = 5 * 60_000
const longestQuestionMs = 15_000
const lookAgainMs = 40

/** What stands under the HMAC of a code; sealed, since an answer holds a session key or a phone number. */
type Kept<T> = { by: string } & (
  | { state: 'asking'; until: number }
  | { state: 'answered'; answer: T }
  | { state: 'refused'; failure: FailureCode }
)

const spent = { 'login-code': 'LOGIN_CODE_SPENT', 'phone-code': 'PHONE_CODE_INVALID' } as const

export function createAskOnce(parts: { keyValue: KeyValue; dataKeys: DataKeys; clock: () => Date }): AskOnce {
  const { keyValue, dataKeys, clock } = parts
  const life = { ttlMs: codeLifeMs }

  return async function askOnce<T>(question: Question<T>): Promise<T> {
    const { kind, code, by } = question
    const key = `${kind}:${dataKeys.mac(kind, code).toString('base64url')}`
    const seal = (kept: Kept<T>) => dataKeys.seal('kept-answer', JSON.stringify(kept))

    const claim = seal({ by, state: 'asking', until: clock().getTime() + longestQuestionMs })
    if (!(await keyValue.setIfAbsent(key, claim, life))) return await keptAnswer()
    try {
      const answer = await question.ask()
      await keyValue.set(key, seal({ by, state: 'answered', answer }), life)
      return answer
    } catch (error) {
      if (question.neverSent(error)) await keyValue.compareAndDelete(key, claim)
      // An unknown outcome spends the code too: it may have reached WeChat.
      else await keyValue.set(key, seal({ by, state: 'refused', failure: refusal(error) }), life)
      throw error
    }

    async function keptAnswer(): Promise<T> {
      for (;;) {
        const kept = read(await keyValue.get(key))
        // Gone, unreadable, another's, or its asker died on the way: the code cannot be used any more.
        if (!kept || kept.by !== by) throw new Failure(spent[kind])
        if (kept.state === 'answered') return kept.answer
        if (kept.state === 'refused') throw new Failure(kept.failure)
        if (clock().getTime() >= kept.until) throw new Failure(spent[kind])
        await pause(lookAgainMs)
      }
    }

    function read(sealed: string | undefined): Kept<T> | undefined {
      const text = sealed === undefined ? undefined : dataKeys.open('kept-answer', sealed)
      return text === undefined ? undefined : (JSON.parse(text) as Kept<T>) // sealed by us: its shape is ours
    }

    function refusal(error: unknown): FailureCode {
      const isAboutCode =
        error instanceof Failure && error.retry !== 'same-request' && typeof error.retry === 'string'
      return isAboutCode ? error.code : spent[kind]
    }
  }
}
