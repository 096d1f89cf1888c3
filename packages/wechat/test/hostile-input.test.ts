import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzTargets } from './_hostile.ts'

// `pnpm run fuzz` runs the same for a million inputs.
test.each(fuzzTargets)(
  '$name: whatever comes is read or ends in one of the three errors',
  async ({ property }) => {
    const outcomes = new Set<string>()
    await fc.assert(
      property((outcome) => outcomes.add(outcome)),
      { numRuns: 2_000 },
    )
    // Both ends are reached, so the inputs get past the first look.
    expect(outcomes).toContain('read')
    expect(outcomes.size).toBeGreaterThan(1)
  },
)
