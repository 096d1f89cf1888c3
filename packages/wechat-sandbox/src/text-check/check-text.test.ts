import { expect, test } from 'vitest'
import { checkText } from './check-text.ts'
import { FLAGGED_WORDS } from './flagged-words.ts'

test('a text without flagged words passes with label 100', () => {
  expect(checkText('好柿开花8915', FLAGGED_WORDS).result).toEqual({ suggest: 'pass', label: 100 })
})

test('the worst of several flagged words decides the result', () => {
  const { result, detail } = checkText('傻瓜才去赌博', FLAGGED_WORDS)
  expect(result).toEqual({ suggest: 'risky', label: 20006 })
  expect(detail.map(({ keyword }) => keyword)).toEqual([undefined, '傻瓜', '赌博'])
})
