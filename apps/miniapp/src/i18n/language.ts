import type { PersistentMap } from '../lib/persistent-map.ts'
import { createStore, type Readable } from '../lib/store.ts'

export type Language = 'zh' | 'en'

const STORAGE_KEY = 'kinpass.language'

export interface LanguageChoice extends Readable<Language> {
  readonly choose: (language: Language) => void
}

/**
 * The language of the screens: the person's choice, else the system's.
 *
 * @param systemLanguage as WeChat or a browser reports it: `zh_CN`, `zh-TW`, `en`, `fr-FR`, or empty when unknown
 */
export function createLanguageChoice(storage: PersistentMap, systemLanguage: string): LanguageChoice {
  const chosen = storage.get(STORAGE_KEY)
  const initial = chosen === 'zh' || chosen === 'en' ? chosen : toLanguage(systemLanguage)
  const state = createStore<Language>(initial)
  return {
    get: state.get,
    subscribe: state.subscribe,
    choose(language) {
      storage.set(STORAGE_KEY, language)
      state.set(language)
    },
  }
}

/** English for every language but Chinese; Chinese when the language is unknown. */
function toLanguage(systemLanguage: string): Language {
  return systemLanguage === '' || /^zh/i.test(systemLanguage) ? 'zh' : 'en'
}
