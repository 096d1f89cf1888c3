import type { NodePath } from '@babel/traverse'

/** A node of Babel's syntax tree. */
export type SyntaxNode = NodePath['node']

/**
 * Returns what a phone cannot parse or does not run in this node, or undefined.
 *
 * The oldest supported engines are iOS 14 and Chromium 86. With a syntax error in one file, the mini-program does not
 * start.
 */
export function findForbiddenSyntax(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'RegExpLiteral':
      return findForbiddenRegExp(node.pattern, node.flags)
    case 'NewExpression':
    case 'CallExpression': {
      if (node.callee.type !== 'Identifier') return undefined
      const last = node.arguments.at(-1)
      const text = last?.type === 'StringLiteral' ? last.value : undefined
      return findForbiddenCall(node.callee.name, text, node.arguments.length)
    }
    case 'StaticBlock':
      return 'a static block of a class needs iOS 16.4: let the build compile this package'
    case 'ClassPrivateProperty':
    case 'ClassPrivateMethod':
      return 'a private member of a class needs iOS 15: let the build compile this package'
    case 'ClassProperty':
      return 'a field of a class needs iOS 14.5: let the build compile this package'
    case 'Import':
      return 'import() is not supported: use a sub-package and require.async'
    default:
      return undefined
  }
}

function findForbiddenCall(callee: string, text: string | undefined, count: number): string | undefined {
  if (callee === 'Function' && !(count === 1 && text === 'return this')) {
    return "new Function compiles no source but 'return this': remove the call"
  }
  return callee === 'RegExp' && text !== undefined ? findForbiddenRegExp(text, '') : undefined
}

function findForbiddenRegExp(pattern: string, flags: string): string | undefined {
  if (/\(\?<[=!]/.test(pattern)) return 'a lookbehind is a syntax error before iOS 16.4: rewrite the pattern'
  const flag = /[dv]/.exec(flags)
  return flag
    ? `the regular expression flag ${flag[0]} is a syntax error before iOS ${flag[0] === 'v' ? 17 : 15}: remove it`
    : undefined
}
