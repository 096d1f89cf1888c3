import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Tap } from '../ui/pressable.tsx'

export interface LinkRowProps {
  readonly to: 'devices' | 'about'
  readonly words: string
}

/** A row that leads to another page of one's account. */
export function LinkRow({ to, words }: LinkRowProps) {
  return (
    <Tap className="row" onTap={() => void Taro.navigateTo({ url: `/pages/me/${to}/index` })}>
      <View className="row-words">{words}</View>
      <View className="row-arrow" />
    </Tap>
  )
}
