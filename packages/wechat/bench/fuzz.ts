// Feeds the parsers a million hostile inputs (or as many as --inputs says) and fails on any that lets out anything
// but an answer or one of the three errors, or that takes longer than a second.
//
//   pnpm --filter @kinpass/wechat run fuzz [--inputs 1000000] [--seed 1]
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { fuzzTargets } from '../test/_hostile.ts'

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
  const outcomes = new Map<string, number>()
  let longestMs = 0
  let last = performance.now()
  const startedAt = last
  const watched = property((outcome) => {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    const now = performance.now()
    longestMs = Math.max(longestMs, now - last)
    last = now
    if (longestMs > HANG_MS) throw new Error(`an input took ${longestMs.toFixed(0)} ms`)
  })
  await fc.assert(watched, { numRuns, seed })
  total += numRuns
  const seconds = (performance.now() - startedAt) / 1_000
  const seen = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`)
  console.log(`${name}: ${numRuns} inputs in ${seconds.toFixed(1)} s, the longest ${longestMs.toFixed(1)} ms`)
  console.log(`  ${seen.join(', ')}`)
}
console.log(`${total} inputs: no crash, no hang`)
