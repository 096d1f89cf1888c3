import { en } from './en.ts'
import type { Language } from './language.ts'
import type { Messages } from './messages.ts'
import { zh } from './zh.ts'

export const messagesByLanguage: Record<Language, Messages> = { zh, en }
