const started = Date.now()
const isTerminal = process.stdout.isTTY

/** Shows one step of a long job while it runs, and how long it took. */
export async function step(title, work) {
  const begun = Date.now()
  process.stdout.write(`  … ${title}${isTerminal ? '' : '\n'}`)
  const result = await work()
  const seconds = ((Date.now() - begun) / 1000).toFixed(1)
  process.stdout.write(`${isTerminal ? '\r\x1b[2K' : ''}  ✓ ${title} (${seconds} s)\n`)
  return result
}

export const secondsSoFar = () => ((Date.now() - started) / 1000).toFixed(1)
