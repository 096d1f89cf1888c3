import { useObserved } from '../use-observed.ts'
import { useParts } from '../use-parts.ts'
import type { Language } from '../words/language.ts'
import { accountEn } from './account-en.ts'
import type { AccountWords } from './account-words.ts'
import { accountZh } from './account-zh.ts'

const wordsIn: Record<Language, AccountWords> = { zh: accountZh, en: accountEn }

export function useAccountWords(): AccountWords {
  return wordsIn[useObserved(useParts().language)]
}
