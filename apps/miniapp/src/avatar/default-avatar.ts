import apple from '../illustrations/fruits/apple.svg?raw'
import bayberry from '../illustrations/fruits/bayberry.svg?raw'
import coconut from '../illustrations/fruits/coconut.svg?raw'
import lychee from '../illustrations/fruits/lychee.svg?raw'
import persimmon from '../illustrations/fruits/persimmon.svg?raw'
import pomelo from '../illustrations/fruits/pomelo.svg?raw'
import strawberry from '../illustrations/fruits/strawberry.svg?raw'
import tangerine from '../illustrations/fruits/tangerine.svg?raw'
import twoPersimmons from '../illustrations/fruits/two-persimmons.svg?raw'

/** The default names are puns on fruits: each prefix maps to its fruit. */
const fruits: readonly (readonly [namePrefix: string, svg: string])[] = [
  ['生活更美好', strawberry],
  ['大桔大利', tangerine],
  ['日富一日', apple],
  ['好柿开花', persimmon],
  ['柿柿如意', twoPersimmons],
  ['一椰暴富', coconut],
  ['大柚所为', pomelo],
  ['杨梅吐气', bayberry],
  ['天生荔枝', lychee],
]

/** Returns the fruit of a default name, or a persimmon, as a data URI. */
export function getDefaultAvatar(nickName: string): string {
  const svg = fruits.find(([prefix]) => nickName.startsWith(prefix))?.[1] ?? persimmon
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
