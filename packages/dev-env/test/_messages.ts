import { accountZh } from '@kinpass/miniapp/src/account/account-zh.ts'
import { en } from '@kinpass/miniapp/src/i18n/en.ts'
import { zh } from '@kinpass/miniapp/src/i18n/zh.ts'

/** The app's own messages, so that a change of copy needs no change of the tests. */
export { accountZh, en, zh }
