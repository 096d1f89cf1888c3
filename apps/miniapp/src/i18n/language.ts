import type { PersistentMap } from '../lib/persistent-map.ts'
import { createStore, type Readable } from '../lib/store.ts'

export type Language = 'zh' | 'en'

const key = 'kinpass.language'

export interface LanguageChoice extends Readable<Language> {
  readonly choose: (language: Language) => void
}

/**
 * The language of the screens: the person's choice, or the phone's.
 *
 * @param systemLanguage as WeChat or a browser writes it: `zh_CN`, `zh-TW`, `en`, `fr-FR`
 */
export function createLanguageChoice(keep: PersistentMap, systemLanguage: string): LanguageChoice {
  const chosen = keep.get(key)
  const first = chosen === 'zh' || chosen === 'en' ? chosen : languageOf(systemLanguage)
  const state = createStore<Language>(first)
  return {
    get: state.get,
    subscribe: state.subscribe,
    choose(language) {
      keep.set(key, language)
      state.set(language)
    },
  }
}

/** Who reads neither is served in English; a phone that says nothing is a Chinese one. */
function languageOf(system: string): Language {
  return system === '' || /^zh/i.test(system) ? 'zh' : 'en'
}
