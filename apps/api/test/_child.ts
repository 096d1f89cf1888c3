import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }

/** Another operating-system process that runs a script of this package. */
export interface Child extends AsyncDisposable {
  /** Resolves with the first line, from the first unread one on, for which `pick` returns a value. Rejects when the process ends before. */
  waitForLine<T>(pick: (line: string) => T | undefined): Promise<T>
  /** Writes a line to its standard input. */
  send(line: string): void
  /** Everything it has written so far. */
  output(): string
  signal(name: NodeJS.Signals): void
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const dependencies = Object.keys(manifest.dependencies)
const root = new URL('../', import.meta.url)

/** Bundles a script, so that its processes start in a fraction of a second. Returns the path of the bundle. */
export async function bundleScript(script: string): Promise<string> {
  // Two directories below the package, like src/database: from there the bundle finds the migrations.
  const outfile = new URL(`test-results/bundles/${script.replaceAll('/', '-').replace(/ts$/, 'mjs')}`, root)
    .pathname
  const unfinished = `${outfile}.${randomUUID()}`
  await build({
    entryPoints: [new URL(script, root).pathname],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: dependencies.filter((name) => !name.startsWith('@kinpass/')),
  })
  await rename(unfinished, outfile) // Another test file may be starting the same bundle: it never reads half of one.
  return outfile
}

/** Starts a bundle with `env` and PATH as its environment. Disposing of it kills it; so does the end of this process. */
export function startChild(
  file: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): Child {
  const { args = [], env = {} } = options
  const child = spawn(process.execPath, [file, ...args], {
    stdio: 'pipe',
    env: { PATH: process.env.PATH, ...env },
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const lines: string[] = []
  let linesRead = 0
  let onLine = () => {}
  const addLine = (line: string) => {
    lines.push(line)
    onLine()
  }
  createInterface({ input: child.stdout }).on('line', addLine)
  createInterface({ input: child.stderr }).on('line', addLine)
  child.stdin.on('error', () => {}) // A process that has ended reads nothing; `exited` reports it.
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      process.off('exit', kill)
      resolve({ code, signal })
    })
  })

  return {
    waitForLine: (pick) =>
      new Promise((resolve, reject) => {
        onLine = () => {
          while (linesRead < lines.length) {
            const found = pick(lines[linesRead++] ?? '')
            if (found === undefined) continue
            onLine = () => {}
            return resolve(found)
          }
        }
        onLine()
        void exited.then(({ code }) => reject(new Error(`the child ended with ${code}: ${lines.join('\n')}`)))
      }),
    send: (line) => void child.stdin.write(`${line}\n`),
    output: () => lines.join('\n'),
    signal: (name) => void child.kill(name),
    exited,
    async [Symbol.asyncDispose]() {
      kill()
      await exited
    },
  }
}
