import path from 'node:path'
import { kinpassTests } from './vitest.ts'

export default kinpassTests({
  cacheDir: path.join(import.meta.dirname, '../node_modules/.vite'),
  test: { root: import.meta.dirname, include: ['*.test.ts'] },
})
