import { kinpassTests } from '../../tooling/vitest.ts'

export default kinpassTests({
  test: {
    globalSetup: 'test/_start-databases.ts',
    expect: { poll: { interval: 20 } },
  },
})
