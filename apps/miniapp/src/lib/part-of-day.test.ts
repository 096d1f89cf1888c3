import { expect, test } from 'vitest'
import { formatTime, toPartOfDay } from './part-of-day.ts'

test.each([
  [4, 'night'],
  [5, 'morning'],
  [10, 'morning'],
  [11, 'noon'],
  [13, 'afternoon'],
  [18, 'evening'],
  [23, 'night'],
])('%d o’clock is %s', (hour, part) => {
  expect(toPartOfDay(hour)).toBe(part)
})

test('a time of day is formatted with four digits', () => {
  expect(formatTime(new Date(2026, 0, 2, 7, 5))).toBe('07:05')
})
