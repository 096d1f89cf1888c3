import type { FlaggedWord } from './flagged-words.ts'

interface Finding {
  readonly strategy: 'content_model' | 'keyword'
  readonly errcode: 0
  readonly suggest: 'risky' | 'review' | 'pass'
  readonly label: number
  readonly prob?: number
  readonly level?: number
  readonly keyword?: string
}

/** `result` and `detail` of msg_sec_check: the worst finding, and every finding. */
export interface TextCheckResult {
  readonly result: Pick<Finding, 'suggest' | 'label'>
  readonly detail: readonly Finding[]
}

const NORMAL = 100

export function checkText(text: string, words: readonly FlaggedWord[]): TextCheckResult {
  const found = words.filter(({ word }) => text.includes(word))
  const worst = found.find(({ suggest }) => suggest === 'risky') ?? found[0]
  const result = worst
    ? { suggest: worst.suggest, label: worst.label }
    : ({ suggest: 'pass', label: NORMAL } as const)
  const modelFinding = { strategy: 'content_model', errcode: 0, ...result, prob: 90 } as const
  const keywordFindings = found.map(
    ({ word, suggest, label }) =>
      ({
        strategy: 'keyword',
        errcode: 0,
        suggest,
        label,
        level: suggest === 'risky' ? 90 : 20,
        keyword: word,
      }) as const,
  )
  return { result, detail: [modelFinding, ...keywordFindings] }
}
