import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a command in the root of the repository and resolves with its exit code.
 * `quiet` keeps what it prints and shows it only when it fails. Ctrl-C reaches the command, and this
 * process waits for its end.
 */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32',
    })
    const said = []
    child.stdout?.on('data', (chunk) => said.push(chunk))
    child.stderr?.on('data', (chunk) => said.push(chunk))

    const wait = () => {} // The terminal sends Ctrl-C to the child as well.
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', wait).on('SIGTERM', pass)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass)
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(said))
      resolve(signal ? 1 : (code ?? 1))
    })
  })
}
