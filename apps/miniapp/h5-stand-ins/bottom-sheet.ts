import { holdFocus } from './trap-focus.ts'
import './stand-ins.css'

export interface PaperParts {
  /** What a screen reader calls it. */
  readonly name: string
  readonly html: string
  /** Called where the person leaves it: the escape key, or a tap beside it. */
  readonly onDismiss?: () => void
}

/** A sheet at the bottom of the window, above everything, in WeChat's own looks. */
export function paper({ name, html, onDismiss }: PaperParts) {
  const mask = document.createElement('div')
  mask.className = 'lw-mask'
  const sheet = document.createElement('div')
  sheet.className = 'lw-sheet'
  sheet.setAttribute('role', 'dialog')
  sheet.setAttribute('aria-modal', 'true')
  sheet.setAttribute('aria-label', name)
  sheet.innerHTML = html
  mask.append(sheet)
  document.body.append(mask)
  const letGo = holdFocus(mask)

  function close() {
    removeEventListener('keydown', hear, true)
    letGo()
    mask.remove()
  }
  function dismiss() {
    close()
    onDismiss?.()
  }
  /** First of all who listen: what lies below must not leave as well. */
  function hear(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopImmediatePropagation()
    dismiss()
  }
  addEventListener('keydown', hear, true)
  mask.addEventListener('click', (event) => {
    if (event.target === mask) dismiss()
  })
  return { sheet, close }
}
