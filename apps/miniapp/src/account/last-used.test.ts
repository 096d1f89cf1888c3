import { expect, test } from 'vitest'
import { toLastUse } from './last-used.ts'

const now = new Date(2026, 10, 20, 9, 30)

test.each([
  ['a minute ago', new Date(2026, 10, 20, 9, 29), 'now'],
  ['in an hour, says a clock that goes wrong', new Date(2026, 10, 20, 10, 30), 'now'],
  ['early this morning', new Date(2026, 10, 20, 0, 5), 'today'],
  ['late last night', new Date(2026, 10, 19, 23, 55), 'yesterday'],
  ['two days ago', new Date(2026, 10, 18, 23, 0), 'days'],
  ['six days ago', new Date(2026, 10, 14, 1, 0), 'days'],
  ['a week ago', new Date(2026, 10, 13, 23, 0), 'long'],
])('%s', (_words, at, is) => {
  expect(toLastUse(at, now).is).toBe(is)
})

test('days are counted by the calendar', () => {
  expect(toLastUse(new Date(2026, 10, 17, 23, 59), now)).toEqual({ is: 'days', days: 3 })
})
