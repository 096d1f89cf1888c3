import { zh } from '@kinpass/miniapp/src/words/zh.ts'

/** What the app says in Chinese, from its own dictionary: a test follows a change of copy by itself. */
export const words = zh
