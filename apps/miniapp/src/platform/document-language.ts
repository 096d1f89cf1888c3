import { isBrowser } from '../env.ts'
import type { Language } from '../i18n/language.ts'

declare const document: { readonly documentElement: { lang: string } }

/** Tells a browser, and so a screen reader, which language the page speaks; WeChat does not ask. */
export function markLanguage(language: Language): void {
  if (isBrowser) document.documentElement.lang = language === 'zh' ? 'zh-CN' : language
}
