// Runs the parsers on generated hostile input. Fails if a parser throws anything but the three errors, or needs
// longer than a second for one input.
//
//   pnpm --filter @kinpass/wechat run fuzz [--inputs 1000000] [--seed 1]
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { fuzzTargets } from '../test/_fuzz-targets.ts'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: `${Date.now() | 0}` },
  },
})
const numRuns = Math.ceil(Number(values.inputs) / fuzzTargets.length)
const seed = Number(values.seed)
const HANG_MS = 1_000

console.log(`seed ${seed}`)
let total = 0
for (const { name, property } of fuzzTargets) {
  const countByOutcome = new Map<string, number>()
  let longestMs = 0
  let previous = performance.now()
  const startedAt = previous
  const timedProperty = property((outcome) => {
    countByOutcome.set(outcome, (countByOutcome.get(outcome) ?? 0) + 1)
    const now = performance.now()
    longestMs = Math.max(longestMs, now - previous)
    previous = now
    if (longestMs > HANG_MS) throw new Error(`One input took ${longestMs.toFixed(0)} ms.`)
  })
  await fc.assert(timedProperty, { numRuns, seed })
  total += numRuns
  const seconds = (performance.now() - startedAt) / 1_000
  const counts = [...countByOutcome]
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${outcome} ${count}`)
  console.log(`${name}: ${numRuns} inputs in ${seconds.toFixed(1)} s, the longest ${longestMs.toFixed(1)} ms`)
  console.log(`  ${counts.join(', ')}`)
}
console.log(`${total} inputs: no crash, no hang`)
