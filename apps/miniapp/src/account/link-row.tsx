import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Pressable } from '../ui/pressable.tsx'

export interface LinkRowProps {
  readonly to: 'devices' | 'about'
  readonly label: string
}

/** A row that leads to another page of one's account. */
export function LinkRow({ to, label }: LinkRowProps) {
  return (
    <Pressable className="row" onTap={() => void Taro.navigateTo({ url: `/pages/me/${to}/index` })}>
      <View className="row-words">{label}</View>
      <View className="row-arrow" />
    </Pressable>
  )
}
