import { kinpassTests } from './vitest.ts'

export default kinpassTests({ test: { root: import.meta.dirname, include: ['*.test.ts'] } })
