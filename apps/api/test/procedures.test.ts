import { existsSync, readdirSync } from 'node:fs'
import { createAppRouter, type Handlers, procedures } from '@kinpass/contracts'
import { describe, expect, test } from 'vitest'

const handlersDirectory = new URL('../src/handlers/', import.meta.url)
const unusedHandlers = procedures as unknown as Handlers<unknown> // Same keys; no procedure is called.
const router = createAppRouter({ handlers: unusedHandlers, authenticate: async () => undefined })
// Typed as a tree; at run time a flat record by path.
const paths = Object.keys(router._def.procedures as unknown as Record<string, unknown>)

/** `session.logoutEverywhere` is implemented in `session/logout-everywhere.ts`. */
function toFile(path: string): string {
  return `${path.replaceAll('.', '/').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}

describe('handlers', () => {
  test.each(paths)('%s is implemented by the file of its path', async (path) => {
    const file = new URL(toFile(path), handlersDirectory)
    expect(existsSync(file), file.pathname).toBe(true)
    const name = path.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())
    expect(await import(file.href)).toHaveProperty(`create${name}Handler`)
  })

  test('every file in handlers implements a declared procedure', () => {
    const files = readdirSync(handlersDirectory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'app-handlers.ts')
      .map((file) => file.replaceAll('\\', '/'))
    expect(files.sort()).toEqual(paths.map(toFile).sort())
  })
})
