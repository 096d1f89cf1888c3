import './sandbox.css'

/** A sheet at the bottom of the window, above everything, in WeChat's own looks. */
export function paper(onDismiss: () => void = () => {}) {
  const mask = document.createElement('div')
  mask.className = 'lw-mask'
  const sheet = document.createElement('div')
  sheet.className = 'lw-sheet'
  sheet.setAttribute('role', 'dialog')
  sheet.setAttribute('aria-modal', 'true')
  mask.append(sheet)
  document.body.append(mask)
  const close = () => mask.remove()
  mask.addEventListener('click', (event) => {
    if (event.target !== mask) return
    close()
    onDismiss()
  })
  return { sheet, close }
}
