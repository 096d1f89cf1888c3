import { createRequire } from 'node:module'
import { parse } from '@babel/parser'
import type { NodePath } from '@babel/traverse'
import type { Fault } from './fault.ts'
import { forbiddenSyntax } from './forbidden-syntax.ts'
import { runtimeGlobals } from './runtime-globals.ts'
import type { SyntaxNode } from './syntax-node.ts'

/** A name that a script uses and nobody declares. */
interface FreeGlobal {
  readonly name: string
  readonly line: number
  readonly column: number
  /** Every use stands behind a `typeof` of the same name, so its lack breaks nothing. */
  readonly isGuarded: boolean
}

export interface ScriptScan {
  readonly freeGlobals: readonly FreeGlobal[]
  readonly faults: readonly Fault[]
}

// An `import` of this package means one thing to Node and another to a bundler; `require` means one to all.
const { default: traverse } = createRequire(import.meta.url)(
  '@babel/traverse',
) as typeof import('@babel/traverse')

/** A node of Babel's syntax tree. */
type IdentifierPath = NodePath<Extract<SyntaxNode, { type: 'Identifier' }>>

/** Reads one JavaScript file of a build: what it takes from nowhere, and what old phones cannot parse. */
export function scanScript(source: string, file: string): ScriptScan {
  const faults: Fault[] = []
  const uses = new Map<string, IdentifierPath[]>()
  try {
    // WeChat wraps each file into a function, so a `return` at its top is good.
    const tree = parse(source, {
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      errorRecovery: false,
    })
    traverse(tree, {
      enter({ node }) {
        const message = forbiddenSyntax(node)
        if (message) faults.push({ rule: 'syntax', message, file, ...placeOf(node) })
      },
      Identifier(path) {
        const { name } = path.node
        if (!path.isReferencedIdentifier() || runtimeGlobals.has(name) || path.scope.hasBinding(name, true))
          return
        uses.set(name, [...(uses.get(name) ?? []), path])
      },
    })
  } catch (error) {
    faults.push({ rule: 'syntax', message: `cannot be parsed: ${String(error)}`, file })
  }
  const freeGlobals = [...uses].map(([name, paths]) => {
    const naked = paths.find((path) => !isGuarded(path))
    return { name, isGuarded: naked === undefined, ...placeOf((naked ?? paths[0])?.node) }
  })
  return { freeGlobals, faults }
}

/** `typeof x`, or anything inside an `if`, `?:`, `&&` or `||` that looked at `typeof x` before. */
function isGuarded(path: IdentifierPath): boolean {
  const { name } = path.node
  if (path.parentPath?.isUnaryExpression({ operator: 'typeof' })) return true
  return (
    path.findParent((parent) => {
      if (parent.isIfStatement() || parent.isConditionalExpression())
        return mentionsTypeof(parent.node.test, name)
      return parent.isLogicalExpression() && mentionsTypeof(parent.node.left, name)
    }) !== null
  )
}

function mentionsTypeof(node: SyntaxNode, name: string): boolean {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
    return node.argument.type === 'Identifier' && node.argument.name === name
  }
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
    return mentionsTypeof(node.left, name) || mentionsTypeof(node.right, name)
  }
  // A minifier writes `if (a = b, typeof x === 'undefined')`.
  const inner = node.type === 'SequenceExpression' ? node.expressions.at(-1) : undefined
  if (inner) return mentionsTypeof(inner, name)
  return node.type === 'UnaryExpression' && mentionsTypeof(node.argument, name)
}

function placeOf(node: SyntaxNode | undefined): { line: number; column: number } {
  return { line: node?.loc?.start.line ?? 1, column: (node?.loc?.start.column ?? 0) + 1 }
}
