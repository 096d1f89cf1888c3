/** The middle of some measurements: one slow round does not move it. */
export function median(measured: readonly number[]): number {
  const sorted = measured.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Prints a ratio beside the goal it is held to. */
export function print(
  what: string,
  ratio: number,
  goal: { atMost: number } | { atLeast: number } | undefined,
): void {
  const holds =
    goal === undefined ? undefined : 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast
  const wanted =
    goal === undefined ? '' : 'atMost' in goal ? `goal <= ${goal.atMost}` : `goal >= ${goal.atLeast}`
  const verdict = holds === undefined ? '' : holds ? 'reached' : 'MISSED'
  console.log(`${what.padEnd(72)} ${ratio.toFixed(2).padStart(7)} x  ${wanted.padEnd(14)} ${verdict}`)
}

export function note(text: string): void {
  console.log(`  ${text}`)
}
