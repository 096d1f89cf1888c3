import { trapFocus } from './trap-focus.ts'
import './stand-ins.css'

export interface BottomSheetOptions {
  /** The accessible name of the dialog. */
  readonly label: string
  readonly html: string
  /** Called on Escape and on a click on the mask. */
  readonly onDismiss?: () => void
}

/** Opens a modal sheet at the bottom of the window, styled like WeChat's. */
export function openBottomSheet({ label, html, onDismiss }: BottomSheetOptions) {
  const mask = document.createElement('div')
  mask.className = 'lw-mask'
  const sheet = document.createElement('div')
  sheet.className = 'lw-sheet'
  sheet.setAttribute('role', 'dialog')
  sheet.setAttribute('aria-modal', 'true')
  sheet.setAttribute('aria-label', label)
  sheet.innerHTML = html
  mask.append(sheet)
  document.body.append(mask)
  const releaseFocus = trapFocus(mask)

  function close() {
    removeEventListener('keydown', onKeyDown, true)
    releaseFocus()
    mask.remove()
  }
  function dismiss() {
    close()
    onDismiss?.()
  }
  /** Listens in the capture phase, so that Escape does not also close the app's own dialog below. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopImmediatePropagation()
    dismiss()
  }
  addEventListener('keydown', onKeyDown, true)
  mask.addEventListener('click', (event) => {
    if (event.target === mask) dismiss()
  })
  return { sheet, close }
}
