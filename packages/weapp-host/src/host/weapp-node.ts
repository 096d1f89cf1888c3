import type { GlassElement } from '../runtime/framework-types.ts'
import { childrenOf, isElement } from './element-tree.ts'
import { textOf } from './node-text.ts'

/** An element on the page as a test sees it: a live view, not a copy. */
export interface WeappNode {
  /** `view`, `button`, or the name by which a template uses a component. */
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly style: string
  readonly dataset: Readonly<Record<string, unknown>>
  /** All text below, a line for each block. */
  readonly text: string
  readonly children: readonly WeappNode[]
  readonly parent: WeappNode | undefined
  /** The value that the template binds, `undefined` where it binds none. */
  attribute(name: string): unknown
}

const views = new WeakMap<GlassElement, ElementView>()

/** The view of an element: always the same one. */
export function viewOf(element: GlassElement): WeappNode {
  const view = views.get(element) ?? new ElementView(element)
  views.set(element, view)
  return view
}

/** The element behind a view. */
export function elementOf(node: WeappNode): GlassElement {
  if (node instanceof ElementView) return node.element
  throw new TypeError('This node does not come from a WeappHost')
}

class ElementView implements WeappNode {
  readonly element: GlassElement

  constructor(element: GlassElement) {
    this.element = element
  }

  get tag() {
    return this.element.tagName ?? this.element.is
  }
  get id() {
    return this.element.id
  }
  get classes() {
    return this.element.class.split(/\s+/).filter(Boolean)
  }
  get style() {
    return this.element.style
  }
  get dataset() {
    return { ...this.element.dataset }
  }
  get text() {
    return textOf(this.element)
  }
  get children() {
    return childrenOf(this.element).filter(isElement).map(viewOf)
  }
  get parent() {
    let parent = this.element.getComposedParent()
    while (parent?.classList === null) parent = parent.getComposedParent()
    return parent ? viewOf(parent) : undefined
  }

  attribute(name: string): unknown {
    return this.element.attributes.find((attribute) => attribute.name === name)?.value
  }
}
