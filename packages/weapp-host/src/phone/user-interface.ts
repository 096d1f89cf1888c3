import type { WxStubs } from '../runtime/wx-bridge.ts'
import type { WxName } from '../runtime/wx-names.ts'

/** What only shows something and always goes well; a test reads it from `host.calls`. */
const quiet = [
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

export interface UserAnswers {
  /** What the user presses on `wx.showModal`. */
  modal: 'confirm' | 'cancel'
  /** Which line the user presses on `wx.showActionSheet`, counted from 0. */
  actionSheet: number
}

/** Toasts, bars and sheets: they are recorded, and the user answers as `answers` says. */
export function createUserInterface(answers: UserAnswers): WxStubs {
  return {
    ...Object.fromEntries(quiet.map((name) => [name, () => ({})])),
    showModal: () => ({ confirm: answers.modal === 'confirm', cancel: answers.modal === 'cancel' }),
    showActionSheet: () => ({ tapIndex: answers.actionSheet }),
  }
}
