const isTerminal = process.stdout.isTTY

/** Prints a step while it runs, and its duration when it is done. */
export async function runStep(title, work) {
  const startedAt = Date.now()
  process.stdout.write(`  … ${title}${isTerminal ? '' : '\n'}`)
  const result = await work()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${isTerminal ? '\r\x1b[2K' : ''}  ✓ ${title} (${seconds} s)\n`)
  return result
}
