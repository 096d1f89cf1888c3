import type { GlassElement, GlassNode } from '../runtime/framework-types.ts'

/** Elements and texts directly below, as they are composed on the page. */
export function childrenOf(element: GlassElement): GlassNode[] {
  const children: GlassNode[] = []
  element.forEachNonVirtualComposedChild((child) => void children.push(child))
  return children
}

export function isElement(node: GlassNode): node is GlassElement {
  return node.textContent === undefined
}
