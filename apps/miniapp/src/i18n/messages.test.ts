import { expect, test } from 'vitest'
import { hasMessageFor } from './error-messages.ts'
import { messagesByLanguage } from './locales.ts'
import type { Copy, Messages } from './messages.ts'

function errorCopies({ errors }: Messages): [string, Copy][] {
  return Object.values(errors).flatMap((group) => Object.entries(group))
}

test.each(Object.entries(messagesByLanguage))(
  'in %s every error message has a title and a body',
  (_language, messages) => {
    for (const [code, { title, body }] of errorCopies(messages)) {
      expect(title.trim(), code).not.toBe('')
      expect(body.trim(), code).not.toBe('')
    }
  },
)

test('a failure code of a newer server has no message', () => {
  expect(hasMessageFor('RATE_LIMITED')).toBe(true)
  expect(hasMessageFor('CODE_FROM_THE_FUTURE')).toBe(false)
  expect(hasMessageFor('toString')).toBe(false)
})

test('English error messages contain no Chinese, and no error message contains a code', () => {
  for (const [code, { title, body }] of errorCopies(messagesByLanguage.en))
    expect(title + body, code).not.toMatch(/\p{Script=Han}/u)
  for (const messages of Object.values(messagesByLanguage))
    for (const [code, { title, body }] of errorCopies(messages))
      expect(title + body, code).not.toMatch(/[A-Z]+_[A-Z]+|\d{5}/)
})

test('dates are formatted in the language', () => {
  const date = new Date(2026, 10, 20)
  expect(messagesByLanguage.zh.date(date)).toBe('11月20日 星期五')
  expect(messagesByLanguage.en.date(date)).toBe('Friday, 20 November')
})
