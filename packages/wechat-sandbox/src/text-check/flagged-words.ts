/** A word that msg_sec_check flags, and its verdict. */
export interface FlaggedWord {
  readonly word: string
  readonly suggest: 'risky' | 'review'
  /** 10001 ad, 20001 politics, 20002 porn, 20003 abuse, 20006 crime, 20008 fraud, 20012 vulgar, 20013 copyright, 21000 other. */
  readonly label: number
}

export const FLAGGED_WORDS: readonly FlaggedWord[] = [
  { word: '代开发票', suggest: 'review', label: 10001 },
  { word: '色情', suggest: 'risky', label: 20002 },
  { word: '傻瓜', suggest: 'review', label: 20003 },
  { word: '赌博', suggest: 'risky', label: 20006 },
  { word: '诈骗', suggest: 'risky', label: 20008 },
]
