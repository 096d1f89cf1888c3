import { isBrowser } from '../env.ts'
import type { Language } from '../i18n/language.ts'

declare const document: { readonly documentElement: { lang: string } }

/** Sets the page's `lang` attribute, which screen readers use. No effect in WeChat. */
export function setDocumentLanguage(language: Language): void {
  if (isBrowser) document.documentElement.lang = language === 'zh' ? 'zh-CN' : language
}
