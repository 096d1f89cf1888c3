import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }

/** Another operating-system process, running a script of this package. */
export interface Child extends AsyncDisposable {
  readonly pid: number
  /** Resolves with the first line of its output that `pick` finds something in; rejects when it ends before. */
  says<T>(pick: (line: string) => T | undefined): Promise<T>
  /** Everything it has written so far. */
  output(): string
  signal(name: NodeJS.Signals): void
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const dependencies = Object.keys(manifest.dependencies)
const root = new URL('../', import.meta.url)

/** Bundles a script, so that its processes start in a fraction of a second. Gives the path of the bundle. */
export async function bundle(script: string): Promise<string> {
  // One folder below the package, as the sources are: so the bundle finds the migrations.
  const outfile = new URL(`test-results/${script.replaceAll('/', '-').replace(/ts$/, 'mjs')}`, root).pathname
  await build({
    entryPoints: [new URL(script, root).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: dependencies.filter((name) => !name.startsWith('@kinpass/')),
  })
  return outfile
}

/**
 * Starts a bundle with nothing in its environment but what is given. It is killed when disposed of, and ends with this
 * process at the latest.
 */
export function startChild(
  file: string,
  options: { args?: string[]; environment?: Record<string, string> } = {},
): Child {
  const { args = [], environment = {} } = options
  const child = spawn(process.execPath, [file, ...args], {
    stdio: 'pipe',
    env: { PATH: process.env.PATH, ...environment },
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const lines: string[] = []
  let onLine = () => {}
  const listen = (line: string) => {
    lines.push(line)
    onLine()
  }
  createInterface({ input: child.stdout }).on('line', listen)
  createInterface({ input: child.stderr }).on('line', listen)
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      process.off('exit', kill)
      resolve({ code, signal })
    })
  })

  return {
    pid: child.pid ?? 0,
    says: (pick) =>
      new Promise((resolve, reject) => {
        const look = () => {
          for (const line of lines) {
            const found = pick(line)
            if (found !== undefined) return resolve(found)
          }
        }
        onLine = look
        look()
        void ended.then(({ code }) => reject(new Error(`the child ended with ${code}: ${lines.join('\n')}`)))
      }),
    output: () => lines.join('\n'),
    signal: (name) => void child.kill(name),
    ended,
    async [Symbol.asyncDispose]() {
      kill()
      await ended
    },
  }
}
