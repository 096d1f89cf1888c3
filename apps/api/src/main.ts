import { ConfigurationError } from './config/env.ts'

try {
  // Loaded when asked for: a wrong setting is told before the rest is read.
  if (process.argv.includes('--help')) process.stdout.write((await import('./config/help.ts')).help())
  else await (await import('./serve.ts')).serve()
} catch (error) {
  // Nothing runs that could log: the reason goes to the terminal.
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
