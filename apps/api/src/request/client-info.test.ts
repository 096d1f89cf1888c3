import { expect, test } from 'vitest'
import { sanitizeLine } from './client-info.ts'

test.each([
  ['iPhone 15', 'iPhone 15'],
  ['奶奶的手机 👵🏻', '奶奶的手机 👵🏻'],
  ['  two\r\nlines\u0000 ', 'twolines'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['half of a character \uD83D', 'half of a character'],
  ['\u0007\u0000', null],
  ['', null],
  [undefined, null],
])('sanitizeLine turns %j into %j', (text, line) => {
  expect(sanitizeLine(text)).toBe(line)
})

test('sanitizeLine cuts a long name between characters', () => {
  expect(sanitizeLine('👵🏻'.repeat(80))).toBe('👵🏻'.repeat(50))
})
