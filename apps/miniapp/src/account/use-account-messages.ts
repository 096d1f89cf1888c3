import type { Language } from '../i18n/language.ts'
import { useObserved } from '../lib/use-store.ts'
import { useParts } from '../services-context.ts'
import { accountEn } from './account-en.ts'
import type { AccountWords } from './account-messages.ts'
import { accountZh } from './account-zh.ts'

const wordsIn: Record<Language, AccountWords> = { zh: accountZh, en: accountEn }

export function useAccountWords(): AccountWords {
  return wordsIn[useObserved(useParts().language)]
}
