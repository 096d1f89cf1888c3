import { kinpassTests } from '../../tooling/vitest.ts'

// The suites start databases, servers and browsers. The limits are for hangs only: both cores may be busy.
export default kinpassTests({
  test: {
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
