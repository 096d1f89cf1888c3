import { expect, test } from 'vitest'
import { toLastUse } from './last-used.ts'

const now = new Date(2026, 10, 20, 9, 30)

test.each([
  ['a minute ago', 'now', new Date(2026, 10, 20, 9, 29)],
  ['in an hour, by a clock that is wrong', 'now', new Date(2026, 10, 20, 10, 30)],
  ['early this morning', 'today', new Date(2026, 10, 20, 0, 5)],
  ['late last night', 'yesterday', new Date(2026, 10, 19, 23, 55)],
  ['two days ago', 'days', new Date(2026, 10, 18, 23, 0)],
  ['six days ago', 'days', new Date(2026, 10, 14, 1, 0)],
  ['a week ago', 'earlier', new Date(2026, 10, 13, 23, 0)],
])('a use %s is shown as %s', (_when, type, date) => {
  expect(toLastUse(date, now).type).toBe(type)
})

test('days between two dates are counted by the calendar, not in spans of 24 hours', () => {
  expect(toLastUse(new Date(2026, 10, 17, 23, 59), now)).toEqual({ type: 'days', days: 3 })
})
