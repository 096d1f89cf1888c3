import { accountZh } from '@kinpass/miniapp/src/account/account-zh.ts'
import { en } from '@kinpass/miniapp/src/i18n/en.ts'
import { zh } from '@kinpass/miniapp/src/i18n/zh.ts'

/** What the app says in Chinese, from its own dictionary: a test follows a change of copy by itself. */
export const words = zh
export const english = en
/** What one's own pages say, in Chinese. */
export const accountWords = accountZh
