import { type PropsWithChildren, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { trapFocus } from './trap-focus.ts'

/** WeChat's root portal: renders its children over the page and traps the focus in them. */
export function RootPortal({ children }: PropsWithChildren) {
  const [container] = useState(() => document.createElement('div'))
  useLayoutEffect(() => {
    document.body.append(container)
    const releaseFocus = trapFocus(container)
    return () => {
      releaseFocus()
      container.remove()
    }
  }, [container])
  return createPortal(children, container)
}
