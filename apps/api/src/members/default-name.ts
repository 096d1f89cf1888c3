/** Puns on fruit and good luck: 好柿开花 sounds like "good things blossom". */
const PREFIXES = [
  '生活更美好',
  '大桔大利',
  '日富一日',
  '好柿开花',
  '柿柿如意',
  '一椰暴富',
  '大柚所为',
  '杨梅吐气',
  '天生荔枝',
] as const

/**
 * Returns the name of a member without one: a prefix and the phone's last four digits, `好柿开花8915`.
 *
 * @param random returns at least 0 and less than 1, like Math.random
 */
export function defaultName(phone: string, random: () => number): string {
  const prefix = PREFIXES[Math.floor(random() * PREFIXES.length)] ?? PREFIXES[0]
  return prefix + phone.replace(/\D/g, '').slice(-4)
}
