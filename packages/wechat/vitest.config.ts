import { kinpassTests } from '../../tooling/vitest.ts'

// The default of expect.poll, one second, is too short for a loaded machine.
export default kinpassTests({ test: { expect: { poll: { timeout: 60_000 } } } })
