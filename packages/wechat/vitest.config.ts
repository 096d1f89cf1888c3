import { kinpassTests } from '../../tooling/vitest.ts'

export default kinpassTests()
