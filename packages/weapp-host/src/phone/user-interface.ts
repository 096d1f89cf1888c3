import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import type { WxName } from '../runtime/wx-names.ts'

/** Functions that only show something and always succeed. A test reads them from `host.calls`. */
const ALWAYS_SUCCEED = [
  'showToast',
  'hideToast',
  'showLoading',
  'hideLoading',
  'setNavigationBarTitle',
  'setNavigationBarColor',
  'setBackgroundColor',
  'setBackgroundTextStyle',
  'showNavigationBarLoading',
  'hideNavigationBarLoading',
  'startPullDownRefresh',
  'stopPullDownRefresh',
  'hideShareMenu',
  'showShareMenu',
  'hideHomeButton',
  'hideKeyboard',
  'pageScrollTo',
  'vibrateShort',
  'vibrateLong',
  'setClipboardData',
] as const satisfies readonly WxName[]

export interface UserChoices {
  /** The button that the user taps in `wx.showModal`. */
  modal: 'confirm' | 'cancel'
  /** The item that the user taps in `wx.showActionSheet`, counted from 0. */
  actionSheet: number
}

/** Creates stubs for toasts, bars and sheets. `choices` is read at each call. */
export function createUserInterface(choices: UserChoices): WxStubs {
  return {
    ...Object.fromEntries(ALWAYS_SUCCEED.map((name) => [name, () => ({})])),
    showModal: () => ({ confirm: choices.modal === 'confirm', cancel: choices.modal === 'cancel' }),
    showActionSheet: () => ({ tapIndex: choices.actionSheet }),
  }
}
