/** The median, which one slow round does not change. */
export function median(measured: readonly number[]): number {
  const sorted = measured.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Prints a ratio with its goal. */
export function printRatio(
  name: string,
  ratio: number,
  goal: { atMost: number } | { atLeast: number } | undefined,
): void {
  const isReached =
    goal === undefined ? undefined : 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast
  const goalText =
    goal === undefined ? '' : 'atMost' in goal ? `goal <= ${goal.atMost}` : `goal >= ${goal.atLeast}`
  const verdict = isReached === undefined ? '' : isReached ? 'reached' : 'MISSED'
  console.log(`${name.padEnd(72)} ${ratio.toFixed(2).padStart(7)} x  ${goalText.padEnd(14)} ${verdict}`)
}

export function printNote(text: string): void {
  console.log(`  ${text}`)
}
