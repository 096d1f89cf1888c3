import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const copied = ['packages/contracts', 'packages/wechat', 'packages/wechat-sandbox', 'apps/api']

/** Runs the generator on a copy of the packages it changes. */
function generate(workspace: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tooling/new.mjs', ...args], {
    cwd: root,
    env: { ...process.env, KINPASS_WORKSPACE: workspace },
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

function runIn(directory: string, ...args: string[]) {
  const [command = '', ...rest] = args
  const { status, stdout, stderr } = spawnSync(path.join(root, 'node_modules/.bin', command), rest, {
    cwd: directory,
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

describe('the generator of procedures', () => {
  const workspace = mkdtempSync(path.join(tmpdir(), 'kinpass-new-'))
  const read = (file: string) => readFileSync(path.join(workspace, file), 'utf8')

  beforeAll(() => {
    for (const directory of copied) {
      const skipped = [path.join(root, directory, 'dist'), path.join(root, directory, 'test-results')]
      cpSync(path.join(root, directory), path.join(workspace, directory), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (source) => !skipped.includes(source),
      })
    }
    cpSync(path.join(root, 'package.json'), path.join(workspace, 'package.json'))
    cpSync(path.join(root, 'tooling'), path.join(workspace, 'tooling'), { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(workspace, 'node_modules'))
  })
  afterAll(() => rmSync(workspace, { recursive: true, force: true }))

  test('a mutation, a query and a grouped procedure with a session compile and are registered', () => {
    expect(generate(workspace, 'procedure', 'ping').output).toContain('Procedure ping:')
    expect(generate(workspace, 'procedure', 'care.list', '--query', '--session').status).toBe(0)
    expect(generate(workspace, 'procedure', 'session.renameDevice', '--session').status).toBe(0)
    expect(read('packages/contracts/src/procedures.ts')).toMatch(/care: \{\s+list: \{/)

    for (const directory of ['packages/contracts', 'apps/api'])
      expect(runIn(path.join(workspace, directory), 'tsc').output).toBe('')
    const suites = ['procedures', 'ping']
    const { status, output } = runIn(
      path.join(workspace, 'apps/api'),
      'vitest',
      'run',
      '--reporter=default',
      ...suites.map((name) => `test/${name}.test.ts`),
    )
    expect(status, output).toBe(0)
  })

  test('an existing procedure is not overwritten', () => {
    const { status, output } = generate(workspace, 'procedure', 'me')
    expect(status).toBe(1)
    expect(output).toContain('apps/api/src/handlers/me.ts exists: the procedure me is there already')
  })

  test.each(['Care', 'care.note.add', 'care-note', ''])('%j is refused as a name', (name) => {
    const { status, output } = generate(workspace, 'procedure', name)
    expect(status).toBe(1)
    expect(output).toContain('is not a procedure name')
    expect(existsSync(path.join(workspace, `apps/api/src/handlers/${name}.ts`))).toBe(false)
  })

  test('--help explains every option', () => {
    const { status, output } = generate(workspace, '--help')
    expect(status).toBe(0)
    for (const option of ['--query', '--session', 'pnpm new procedure <path>'])
      expect(output).toContain(option)
  })
})
