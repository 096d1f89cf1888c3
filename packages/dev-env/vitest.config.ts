import { kinpassTests } from '../../tooling/vitest.ts'

const npmStart = 'test/start.test.ts'

export default kinpassTests({
  test: {
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
