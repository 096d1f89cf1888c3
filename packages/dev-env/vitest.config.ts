import { kinpassTests } from '../../tooling/vitest.ts'

const npmStart = 'test/start.test.ts'

export default kinpassTests({
  test: {
    // The suites start databases, servers and browsers. The limits are for hangs only: both cores may be busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'suites', exclude: [npmStart], sequence: { groupOrder: 0 } } },
      // Runs after all suites, because `npm start` writes dist/h5, which the h5 suites serve.
      {
        extends: true,
        test: { name: 'npm start', exclude: ['**/!(start).test.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
