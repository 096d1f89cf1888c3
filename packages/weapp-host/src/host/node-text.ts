import type { GlassElement } from '../runtime/framework-types.ts'
import { childrenOf, isElement } from './element-tree.ts'

/** The text of an element and all below it; what stands in one `text` stays on one line. */
export function textOf(element: GlassElement): string {
  return linesOf(element)
    .split(/\s*\n\s*/)
    .filter(Boolean)
    .join('\n')
}

function linesOf(element: GlassElement): string {
  const text = childrenOf(element)
    .map((child) => (isElement(child) ? linesOf(child) : (child.textContent ?? '')))
    .join('')
  return element.is === 'text' ? text : `\n${text}\n`
}
