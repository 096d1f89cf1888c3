import { type PropsWithChildren, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { holdFocus } from './trap-focus.ts'

/** WeChat's root portal: what stands in it lies over the page, and holds the focus as WeChat's reader does. */
export function RootPortal({ children }: PropsWithChildren) {
  const [host] = useState(() => document.createElement('div'))
  useLayoutEffect(() => {
    document.body.append(host)
    const letGo = holdFocus(host)
    return () => {
      letGo()
      host.remove()
    }
  }, [host])
  return createPortal(children, host)
}
