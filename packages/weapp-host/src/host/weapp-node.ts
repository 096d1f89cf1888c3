import type { GlassElement } from '../runtime/framework-types.ts'
import { getChildNodes, isElement, readText } from './element-tree.ts'

/** An element on the page. Its properties are read live from the framework. */
export interface WeappNode {
  /** `view`, `button`, or the tag that a template gives a component. */
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly style: string
  readonly dataset: Readonly<Record<string, unknown>>
  /** Text of all descendants, one line per block. */
  readonly text: string
  readonly children: readonly WeappNode[]
  readonly parent: WeappNode | undefined
  /** The value that the template binds, or `undefined`. */
  attribute(name: string): unknown
}

const nodes = new WeakMap<GlassElement, ElementNode>()

/** Returns the node of an element, always the same object. */
export function toWeappNode(element: GlassElement): WeappNode {
  const node = nodes.get(element) ?? new ElementNode(element)
  nodes.set(element, node)
  return node
}

/** Returns the element of a node. */
export function toGlassElement(node: WeappNode): GlassElement {
  if (node instanceof ElementNode) return node.element
  throw new TypeError('Not a node of a WeappHost: pass the result of query or waitFor')
}

class ElementNode implements WeappNode {
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
    return readText(this.element)
  }
  get children() {
    return getChildNodes(this.element).filter(isElement).map(toWeappNode)
  }
  get parent() {
    let parent = this.element.getComposedParent()
    while (parent?.classList === null) parent = parent.getComposedParent()
    return parent ? toWeappNode(parent) : undefined
  }

  attribute(name: string): unknown {
    return this.element.attributes.find((attribute) => attribute.name === name)?.value
  }
}
