import { expect, test } from 'vitest'
import { hasWordsFor } from './error-messages.ts'
import { wordsIn } from './locales.ts'
import type { Copy, Words } from './messages.ts'

function copiesOf({ troubles }: Words): [string, Copy][] {
  return Object.values(troubles).flatMap((group) => Object.entries(group))
}

test.each(Object.entries(wordsIn))('in %s every trouble has a title and a body', (_language, words) => {
  for (const [code, { title, body }] of copiesOf(words)) {
    expect(title.trim(), code).not.toBe('')
    expect(body.trim(), code).not.toBe('')
  }
})

test('a failure code of a newer server has no words', () => {
  expect(hasWordsFor('RATE_LIMITED')).toBe(true)
  expect(hasWordsFor('MOON_IS_FULL')).toBe(false)
  expect(hasWordsFor('toString')).toBe(false)
})

test('no Chinese strays into English, and no code into either', () => {
  for (const [code, { title, body }] of copiesOf(wordsIn.en))
    expect(title + body, code).not.toMatch(/\p{Script=Han}/u)
  for (const words of Object.values(wordsIn))
    for (const [code, { title, body }] of copiesOf(words))
      expect(title + body, code).not.toMatch(/[A-Z]+_[A-Z]+|\d{5}/)
})

test('a date reads as people say it', () => {
  const date = new Date(2026, 10, 20)
  expect(wordsIn.zh.date(date)).toBe('11月20日 星期五')
  expect(wordsIn.en.date(date)).toBe('Friday, 20 November')
})
