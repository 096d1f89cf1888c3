import { expect, test } from 'vitest'
import { judgeText } from './check-text.ts'
import { SUSPECT_WORDS } from './flagged-words.ts'

test('a clean text passes as normal', () => {
  expect(judgeText('好柿开花8915', SUSPECT_WORDS).result).toEqual({ suggest: 'pass', label: 100 })
})

test('the worst of several words decides', () => {
  const { result, detail } = judgeText('傻瓜才去赌博', SUSPECT_WORDS)
  expect(result).toEqual({ suggest: 'risky', label: 20006 })
  expect(detail.map(({ keyword }) => keyword)).toEqual([undefined, '傻瓜', '赌博'])
})
