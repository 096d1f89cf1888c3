import { kinpassTests } from '../../tooling/vitest.ts'

export default kinpassTests({
  test: {
    globalSetup: 'test/_start-databases.ts',
    expect: { poll: { timeout: 10_000, interval: 20 } },
  },
})
