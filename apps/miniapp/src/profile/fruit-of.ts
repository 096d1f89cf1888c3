import apple from '../drawings/fruits/apple.svg'
import bayberry from '../drawings/fruits/bayberry.svg'
import coconut from '../drawings/fruits/coconut.svg'
import lychee from '../drawings/fruits/lychee.svg'
import persimmon from '../drawings/fruits/persimmon.svg'
import pomelo from '../drawings/fruits/pomelo.svg'
import strawberry from '../drawings/fruits/strawberry.svg'
import tangerine from '../drawings/fruits/tangerine.svg'
import twoPersimmons from '../drawings/fruits/two-persimmons.svg'

/** The default names are puns on fruit: each shows its own. */
const fruits: readonly (readonly [namePrefix: string, drawing: string])[] = [
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

/** The picture of somebody who has chosen none: the fruit of the name, else a persimmon. */
export function fruitOf(nickName: string): string {
  return fruits.find(([prefix]) => nickName.startsWith(prefix))?.[1] ?? persimmon
}
