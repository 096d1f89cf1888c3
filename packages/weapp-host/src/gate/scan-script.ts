import { createRequire } from 'node:module'
import { parse } from '@babel/parser'
import type { NodePath } from '@babel/traverse'
import { findForbiddenSyntax, type SyntaxNode } from './forbidden-syntax.ts'
import type { GateIssue } from './gate-issue.ts'
import { runtimeGlobals } from './runtime-globals.ts'

/** A name that a script uses, and that neither the script nor WeChat declares. */
interface FreeGlobal {
  readonly name: string
  /** Position of the first use without a `typeof` check, or of the first use. */
  readonly line: number
  readonly column: number
  /** True if every use follows a `typeof` check of the same name, so the script runs without it. */
  readonly isGuarded: boolean
}

export interface ScriptScan {
  readonly freeGlobals: readonly FreeGlobal[]
  readonly issues: readonly GateIssue[]
}

// `import` of this CommonJS package gives Node and bundlers different values; `require` gives all of them the same.
const { default: traverse } = createRequire(import.meta.url)(
  '@babel/traverse',
) as typeof import('@babel/traverse') // `require` is untyped

type IdentifierPath = NodePath<Extract<SyntaxNode, { type: 'Identifier' }>>

/** Finds the free globals of one JavaScript file, and the syntax that old phones cannot parse. */
export function scanScript(source: string, file: string): ScriptScan {
  const issues: GateIssue[] = []
  const uses = new Map<string, IdentifierPath[]>()
  try {
    // WeChat wraps each file in a function, so a top-level `return` is valid.
    const tree = parse(source, {
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      errorRecovery: false,
    })
    traverse(tree, {
      enter({ node }) {
        const message = findForbiddenSyntax(node)
        if (message) issues.push({ rule: 'syntax', message, file, ...getPosition(node) })
      },
      Identifier(path) {
        const { name } = path.node
        if (!path.isReferencedIdentifier() || runtimeGlobals.has(name) || path.scope.hasBinding(name, true))
          return
        uses.set(name, [...(uses.get(name) ?? []), path])
      },
    })
  } catch (error) {
    issues.push({ rule: 'syntax', message: `cannot be parsed: ${String(error)}`, file })
  }
  const freeGlobals = [...uses].map(([name, paths]) => {
    const unguarded = paths.find((path) => !isGuarded(path))
    return { name, isGuarded: unguarded === undefined, ...getPosition((unguarded ?? paths[0])?.node) }
  })
  return { freeGlobals, issues }
}

/** True for `typeof x`, and for a use inside an `if`, `?:`, `&&` or `||` whose condition contains `typeof x`. */
function isGuarded(path: IdentifierPath): boolean {
  const { name } = path.node
  if (path.parentPath?.isUnaryExpression({ operator: 'typeof' })) return true
  return (
    path.findParent((parent) => {
      if (parent.isIfStatement() || parent.isConditionalExpression())
        return containsTypeof(parent.node.test, name)
      return parent.isLogicalExpression() && containsTypeof(parent.node.left, name)
    }) !== null
  )
}

function containsTypeof(node: SyntaxNode, name: string): boolean {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
    return node.argument.type === 'Identifier' && node.argument.name === name
  }
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
    return containsTypeof(node.left, name) || containsTypeof(node.right, name)
  }
  // Minifiers write `if (a = b, typeof x === 'undefined')`.
  const inner = node.type === 'SequenceExpression' ? node.expressions.at(-1) : undefined
  if (inner) return containsTypeof(inner, name)
  return node.type === 'UnaryExpression' && containsTypeof(node.argument, name)
}

function getPosition(node: SyntaxNode | undefined): { line: number; column: number } {
  return { line: node?.loc?.start.line ?? 1, column: (node?.loc?.start.column ?? 0) + 1 }
}
