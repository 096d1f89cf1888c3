import type { GlassElement, GlassNode } from '../runtime/framework-types.ts'

/** Returns the composed children of an element: elements and text nodes, without virtual nodes. */
export function getChildNodes(element: GlassElement): GlassNode[] {
  const children: GlassNode[] = []
  element.forEachNonVirtualComposedChild((child) => void children.push(child))
  return children
}

export function isElement(node: GlassNode): node is GlassElement {
  return node.textContent === undefined
}

/** Returns the text of an element and its descendants. Every element except `text` starts a line of its own. */
export function readText(element: GlassElement): string {
  return joinText(element)
    .split(/\s*\n\s*/)
    .filter(Boolean)
    .join('\n')
}

function joinText(element: GlassElement): string {
  const text = getChildNodes(element)
    .map((child) => (isElement(child) ? joinText(child) : (child.textContent ?? '')))
    .join('')
  return element.is === 'text' ? text : `\n${text}\n`
}
