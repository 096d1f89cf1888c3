/** Wordplays on fruit and good luck; 好柿开花8915 reads as "good things blossom, 8915". */
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
 * The name of a member who brings none: a lucky prefix and the last four digits of their phone, all of them if it has fewer.
 *
 * @param random at least 0, below 1, as Math.random
 */
export function defaultName(phone: string, random: () => number): string {
  const prefix = PREFIXES[Math.floor(random() * PREFIXES.length)] ?? PREFIXES[0]
  return prefix + phone.replace(/\D/g, '').slice(-4)
}
