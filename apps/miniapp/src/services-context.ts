import { createContext, useContext } from 'react'
import type { Parts } from './create-services.ts'
import { wordsIn } from './i18n/locales.ts'
import type { Words } from './i18n/messages.ts'
import { useObserved } from './lib/use-store.ts'

export const PartsContext = createContext<Parts | undefined>(undefined)

export function useParts(): Parts {
  const parts = useContext(PartsContext)
  if (parts === undefined) throw new Error('A screen stands outside of <App>: wrap it in PartsContext.')
  return parts
}

/** Everything the app says, in the person's language. */
export function useWords(): Words {
  return wordsIn[useObserved(useParts().language)]
}
