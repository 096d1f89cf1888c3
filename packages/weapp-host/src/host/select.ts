import { type Options, selectAll } from 'css-select'
import type { WeappNode } from './weapp-node.ts'

/**
 * Returns the nodes below `root` that match a CSS selector.
 *
 * Supports what css-select supports: tags, classes, ids, attributes (`[open-type=share]`), combinators, `:not`, `:has`,
 * `:nth-child`. Names are case-sensitive.
 */
export function selectNodes(selector: string, root: WeappNode): WeappNode[] {
  return selectAll<WeappNode, WeappNode>(selector, root, options)
}

const options: Options<WeappNode, WeappNode> = {
  xmlMode: true,
  adapter: {
    isTag: (_node): _node is WeappNode => true,
    getName: ({ tag }) => tag,
    getChildren: ({ children }) => [...children],
    getParent: ({ parent }) => parent ?? null,
    getSiblings: (node) => [...(node.parent?.children ?? [node])],
    getText: ({ text }) => text,
    getAttributeValue,
    hasAttrib: (node, name) => getAttributeValue(node, name) !== undefined,
    removeSubsets: (nodes) => nodes,
  },
}

function getAttributeValue(node: WeappNode, name: string): string | undefined {
  if (name === 'id') return node.id || undefined
  if (name === 'class') return node.classes.join(' ')
  const value = name.startsWith('data-') ? node.dataset[camelCase(name.slice(5))] : node.attribute(name)
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
