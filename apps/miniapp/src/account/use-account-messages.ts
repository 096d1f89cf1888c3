import type { Language } from '../i18n/language.ts'
import { useStore } from '../lib/use-store.ts'
import { useServices } from '../services-context.ts'
import { accountEn } from './account-en.ts'
import type { AccountMessages } from './account-messages.ts'
import { accountZh } from './account-zh.ts'

const messages: Record<Language, AccountMessages> = { zh: accountZh, en: accountEn }

/** The messages of the account pages in the person's language. */
export function useAccountMessages(): AccountMessages {
  return messages[useStore(useServices().language)]
}
