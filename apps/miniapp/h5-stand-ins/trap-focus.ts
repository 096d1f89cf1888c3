const FOCUSABLE = ':is(button, input, select, a[href], [tabindex="0"]):not([disabled])'

/**
 * Makes a child of `<body>` modal and moves the focus into it.
 *
 * Its siblings become inert: hidden from screen readers, and without focus and pointer events.
 *
 * @returns a function that releases the trap and restores the focus
 */
export function trapFocus(container: HTMLElement): () => void {
  const previous = document.activeElement
  focusableIn(container)[0]?.focus({ preventScroll: true })
  const siblings = [...document.body.children].filter(
    (element) => element !== container && !element.hasAttribute('inert'),
  )
  for (const sibling of siblings) sibling.setAttribute('inert', '')

  function wrapTab(event: KeyboardEvent) {
    // A modal that another one covers is inert: the one on top handles the key.
    if (event.key !== 'Tab' || container.hasAttribute('inert')) return
    const focusable = focusableIn(container)
    const [from, to] = event.shiftKey ? [focusable[0], focusable.at(-1)] : [focusable.at(-1), focusable[0]]
    const isInside = container.contains(document.activeElement)
    if (isInside && document.activeElement !== from) return
    event.preventDefault()
    to?.focus()
  }
  addEventListener('keydown', wrapTab)

  return () => {
    removeEventListener('keydown', wrapTab)
    for (const sibling of siblings) sibling.removeAttribute('inert')
    if (previous instanceof HTMLElement) previous.focus({ preventScroll: true })
  }
}

function focusableIn(container: HTMLElement): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) =>
    element.checkVisibility(),
  )
}
