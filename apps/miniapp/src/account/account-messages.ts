import type { Copy } from '../i18n/messages.ts'
import type { LastUse } from './last-used.ts'

/** The messages of the account pages. They ship in the sub-package of these pages. */
export interface AccountMessages {
  readonly devices: {
    readonly title: string
    readonly intro: string
    readonly loading: string
    readonly currentDevice: string
    readonly unnamedDevice: string
    readonly lastUsed: (use: LastUse) => string
    readonly onlyDevice: Copy
    readonly guest: Copy
    readonly logOut: string
    /** The accessible name of the log out button: it names the device. */
    readonly logOutLabel: (name: string) => string
    readonly confirmLogOut: (name: string) => Copy
    readonly logOutEverywhere: string
    readonly confirmLogOutEverywhere: Copy
    readonly yes: string
    readonly no: string
    readonly loggedOut: string
  }
  readonly about: {
    readonly title: string
    readonly name: string
    readonly description: readonly string[]
    readonly storedDataTitle: string
    readonly storedData: readonly Copy[]
    readonly notStored: Copy
    readonly privacyGuideNote: string
    readonly version: (version: string) => string
    readonly credits: string
  }
}
