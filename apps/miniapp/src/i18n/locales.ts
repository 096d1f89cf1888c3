import { en } from './en.ts'
import type { Language } from './language.ts'
import type { Words } from './messages.ts'
import { zh } from './zh.ts'

export const wordsIn: Record<Language, Words> = { zh, en }
