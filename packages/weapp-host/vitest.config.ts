import { kinpassTests } from '../../tooling/vitest.ts'

export default kinpassTests({ test: { globalSetup: ['test/_build-taro-apps.ts'] } })
