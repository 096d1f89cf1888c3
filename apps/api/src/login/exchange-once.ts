import { setTimeout as pause } from 'node:timers/promises'
import { Failure, type FailureCode } from '@kinpass/contracts'
import type { KeyValue } from '@kinpass/wechat'
import type { DataKeys, Names } from '../keys/key-ring.ts'

/** One question about a one-time code. */
export interface Question<T> {
  kind: 'login-code' | 'phone-code'
  code: string
  /** Who asks, and for what: the same code brought by anyone else is refused. */
  by: Names
  /** Sends the code to WeChat. Called once per code, whoever asks, on whatever instance. */
  ask: () => Promise<T>
  /** Whether a failed `ask` certainly never reached WeChat, so that the code is still good. */
  neverSent: (error: unknown) => boolean
}

/** Asks WeChat about a one-time code once, and gives everyone who asks again the same answer. */
export type AskOnce = <T>(question: Question<T>) => Promise<T>

/** How long WeChat's codes live, and so how long an answer is kept. */
export const codeLifeMs = 5 * 60_000
/** How long it is known that a code was sent: long after WeChat has forgotten it. */
const markLifeMs = 60 * 60_000
const longestQuestionMs = 15_000
const lookAgainMs = 40

/** What came of a code: sealed, since an answer holds an openid or a phone number. */
type Kept<T> = { by: string; until: number } & ({ answer: T } | { failure: FailureCode })

const spent = { 'login-code': 'LOGIN_CODE_SPENT', 'phone-code': 'PHONE_CODE_INVALID' } as const

/**
 * Two entries per code, under its HMAC: a mark that says until when it is being asked about, set before the
 * code is sent, and what came of it. The mark outlives the answer.
 */
export function createAskOnce(parts: { keyValue: KeyValue; dataKeys: DataKeys; clock: () => Date }): AskOnce {
  const { keyValue, dataKeys, clock } = parts
  const now = () => clock().getTime()

  return async function askOnce<T>(question: Question<T>): Promise<T> {
    const { kind, by } = question
    const name = await nameOf(question)
    const asking = markOf(name)
    const answerKey = `answer:${name}`

    for (;;) {
      const mark = JSON.stringify({ until: now() + longestQuestionMs })
      if (await keyValue.setIfAbsent(asking, mark, { ttlMs: markLifeMs })) return await ask(mark)
      const kept = read(await keyValue.get(answerKey))
      if (kept) return answerOf(kept)
      const others = await keyValue.get(asking)
      if (others !== undefined && isOver(others)) throw new Failure(spent[kind])
      if (others !== undefined) await pause(lookAgainMs) // else it was never sent: this asker's turn
    }

    async function ask(mark: string): Promise<T> {
      try {
        const answer = await question.ask()
        await keep({ answer })
        return answer
      } catch (error) {
        if (question.neverSent(error)) await keyValue.compareAndDelete(asking, mark)
        // An unknown outcome spends the code too: it may have reached WeChat.
        else await keep({ failure: refusal(error) })
        throw error
      }
    }

    async function keep(outcome: { answer: T } | { failure: FailureCode }): Promise<void> {
      const kept: Kept<T> = { by: by[0], until: now() + codeLifeMs, ...outcome }
      await keyValue.set(answerKey, dataKeys.seal('kept-answer', JSON.stringify(kept)), { ttlMs: codeLifeMs })
    }

    function read(sealed: string | undefined): Kept<T> | undefined {
      const text = sealed === undefined ? undefined : dataKeys.open('kept-answer', sealed)
      return text === undefined ? undefined : (JSON.parse(text) as Kept<T>) // sealed by us: its shape is ours
    }

    function answerOf(kept: Kept<T>): T {
      if (!by.includes(kept.by) || now() >= kept.until) throw new Failure(spent[kind])
      if ('failure' in kept) throw new Failure(kept.failure)
      return kept.answer
    }

    function refusal(error: unknown): FailureCode {
      const isAboutCode =
        error instanceof Failure && error.retry !== 'same-request' && typeof error.retry === 'string'
      return isAboutCode ? error.code : spent[kind]
    }
  }

  /** The name that the code goes by: an older one when it was asked about before the data keys were rotated. */
  async function nameOf({ kind, code }: Pick<Question<unknown>, 'kind' | 'code'>): Promise<string> {
    const [current, ...older] = dataKeys.names(kind, code).map((name) => `${kind}:${name}`)
    for (const name of older) if ((await keyValue.get(markOf(name))) !== undefined) return name
    return String(current)
  }

  /** Whoever asked has answered by then, or died on the way. */
  function isOver(mark: string): boolean {
    const { until } = JSON.parse(mark) as { until: number } // written above
    return now() >= until
  }
}

function markOf(name: string): string {
  return `asked:${name}`
}
