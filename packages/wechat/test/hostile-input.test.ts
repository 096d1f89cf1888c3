import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzTargets } from './_fuzz-targets.ts'

// `pnpm run fuzz` runs the same targets with a million inputs.
test.each(fuzzTargets)(
  'hostile input ($name) is parsed or becomes one of the three errors',
  async ({ property }) => {
    const seed = Date.now() | 0
    const outcomes = new Set<string>()
    await fc.assert(
      property((outcome) => outcomes.add(outcome)),
      { numRuns: 2_000, seed },
    )
    // The inputs reach both a success and an error, so they are not all rejected at the first check.
    expect(outcomes, `seed ${seed}`).toContain('parsed')
    expect(outcomes.size, `seed ${seed}`).toBeGreaterThan(1)
  },
)
