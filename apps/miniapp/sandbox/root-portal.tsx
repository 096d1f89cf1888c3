import type { PropsWithChildren } from 'react'
import { createPortal } from 'react-dom'

/** WeChat's root portal: what stands in it lies over the page. */
export function RootPortal({ children }: PropsWithChildren) {
  return createPortal(children, document.body)
}
