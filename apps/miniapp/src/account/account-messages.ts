import type { Copy } from '../i18n/messages.ts'
import type { LastUse } from './last-used.ts'

/** What the pages of one's account say: they come in a package of their own, and so do their words. */
export interface AccountWords {
  readonly devices: {
    readonly title: string
    readonly intro: string
    readonly loading: string
    readonly again: string
    readonly thisOne: string
    readonly unnamed: string
    readonly lastUse: (use: LastUse) => string
    readonly onlyThis: Copy
    readonly guest: Copy
    readonly end: string
    /** For a screen reader, which hears the button without the row. */
    readonly endOf: (name: string) => string
    readonly askEnd: (name: string) => Copy
    readonly endAll: string
    readonly askEndAll: Copy
    readonly yes: string
    readonly no: string
    readonly ended: string
  }
  readonly about: {
    readonly title: string
    readonly name: string
    readonly who: readonly string[]
    readonly kept: string
    readonly keptThings: readonly Copy[]
    readonly notKept: Copy
    readonly guideNote: string
    readonly version: (version: string) => string
    readonly madeWith: string
  }
}
