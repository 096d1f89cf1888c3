const reachable = ':is(button, input, select, a[href], [tabindex="0"]):not([disabled])'

/**
 * Makes an element of `<body>` modal: the focus moves into it and stays, the rest is hidden from readers, keys and
 * fingers. The function that it returns undoes all of it and gives the focus back.
 */
export function holdFocus(top: HTMLElement): () => void {
  const before = document.activeElement
  focusFirst(top)
  const hidden = [...document.body.children].filter((other) => other !== top && !other.hasAttribute('inert'))
  for (const other of hidden) other.setAttribute('inert', '')

  function turnAround(event: KeyboardEvent) {
    if (event.key !== 'Tab' || top.hasAttribute('inert')) return
    const inside = reachableIn(top)
    const end = event.shiftKey ? inside[0] : inside.at(-1)
    const isInside = top.contains(document.activeElement)
    if (isInside && document.activeElement !== end) return
    event.preventDefault()
    const other = event.shiftKey ? inside.at(-1) : inside[0]
    other?.focus()
  }
  addEventListener('keydown', turnAround)

  return () => {
    removeEventListener('keydown', turnAround)
    for (const other of hidden) other.removeAttribute('inert')
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}

function focusFirst(top: HTMLElement) {
  reachableIn(top)[0]?.focus({ preventScroll: true })
}

function reachableIn(top: HTMLElement): HTMLElement[] {
  return [...top.querySelectorAll<HTMLElement>(reachable)].filter((one) => one.checkVisibility())
}
