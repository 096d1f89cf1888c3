import type { SyntaxNode } from './syntax-node.ts'

/**
 * What a phone cannot parse, or will not run; undefined for all that is good.
 *
 * The oldest phone is iOS 14 or Chromium 86. A file that does not parse is lost as a whole, and with it the mini-program.
 */
export function forbiddenSyntax(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'RegExpLiteral':
      return regexpFault(node.pattern, node.flags)
    case 'NewExpression':
    case 'CallExpression': {
      if (node.callee.type !== 'Identifier') return undefined
      const last = node.arguments.at(-1)
      const text = last?.type === 'StringLiteral' ? last.value : undefined
      return callFault(node.callee.name, text, node.arguments.length)
    }
    case 'StaticBlock':
      return 'a static block of a class needs iOS 16.4: let the build compile this package'
    case 'ClassPrivateProperty':
    case 'ClassPrivateMethod':
      return 'a private member of a class needs iOS 15: let the build compile this package'
    case 'ClassProperty':
      return 'a field of a class needs iOS 14.5: let the build compile this package'
    case 'Import':
      return 'import() is not there: use a sub-package and require.async'
    default:
      return undefined
  }
}

function callFault(callee: string, text: string | undefined, count: number): string | undefined {
  if (callee === 'Function' && !(count === 1 && text === 'return this')) {
    return "new Function gives nothing to call, except of 'return this'"
  }
  return callee === 'RegExp' && text !== undefined ? regexpFault(text, '') : undefined
}

function regexpFault(pattern: string, flags: string): string | undefined {
  if (/\(\?<[=!]/.test(pattern)) return 'a lookbehind does not parse before iOS 16.4'
  const flag = /[dv]/.exec(flags)
  return flag
    ? `the flag ${flag[0]} of a regular expression does not parse before iOS ${flag[0] === 'v' ? 17 : 15}`
    : undefined
}
