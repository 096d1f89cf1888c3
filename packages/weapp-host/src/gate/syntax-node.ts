import type { NodePath } from '@babel/traverse'

/** A node of a script's syntax tree. */
export type SyntaxNode = NodePath['node']
