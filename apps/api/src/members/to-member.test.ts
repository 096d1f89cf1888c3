import { expect, test } from 'vitest'
import { maskPhone } from './to-member.ts'

test.each([
  ['+8613800138915', '138****8915'],
  ['13800138915', '138****8915'],
  ['+14155552671', '+141****2671'],
  ['+85291234567', '+852****4567'],
  ['+6591234567', '+65****67'],
  ['+4670123', '****'],
  ['110', '****'],
  ['', '****'],
])('maskPhone shows %s as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked)
})

test('maskPhone hides at least four digits of any number', () => {
  for (let length = 4; length <= 15; length++) {
    const shown = maskPhone(`+${'7'.repeat(length)}`).replace(/\D/g, '').length
    expect(length - shown).toBeGreaterThanOrEqual(4)
  }
})
