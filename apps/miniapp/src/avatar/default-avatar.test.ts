import { expect, test } from 'vitest'
import { getDefaultAvatar } from './default-avatar.ts'

const prefixes = [
  '生活更美好',
  '大桔大利',
  '日富一日',
  '好柿开花',
  '柿柿如意',
  '一椰暴富',
  '大柚所为',
  '杨梅吐气',
  '天生荔枝',
]

test('each of the nine default name prefixes has its own fruit', () => {
  expect(new Set(prefixes.map((prefix) => getDefaultAvatar(`${prefix}8915`))).size).toBe(9)
})

test('a name without a default prefix gets the persimmon', () => {
  expect(getDefaultAvatar('alice')).toBe(getDefaultAvatar('好柿开花'))
})
