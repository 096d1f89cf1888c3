import { expect, test } from 'vitest'
import { defaultName } from './default-name.ts'

test('a default name is one of nine prefixes and the last four digits of the phone', () => {
  const names = Array.from({ length: 9 }, (_, i) => defaultName('+8613800138915', () => i / 9))
  expect(names).toEqual([
    '生活更美好8915',
    '大桔大利8915',
    '日富一日8915',
    '好柿开花8915',
    '柿柿如意8915',
    '一椰暴富8915',
    '大柚所为8915',
    '杨梅吐气8915',
    '天生荔枝8915',
  ])
})

test('a number shorter than four digits is taken whole', () => {
  expect(defaultName('110', () => 0)).toBe('生活更美好110')
  expect(defaultName('', () => 0)).toBe('生活更美好')
})

test('the largest random number still names a prefix', () => {
  expect(defaultName('8915', () => 1 - Number.EPSILON / 2)).toBe('天生荔枝8915')
})
