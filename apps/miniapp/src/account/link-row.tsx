import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Pressable } from '../ui/pressable.tsx'

export interface LinkRowProps {
  readonly to: 'devices' | 'about'
  readonly label: string
}

/** A row that opens another account page. */
export function LinkRow({ to, label }: LinkRowProps) {
  return (
    <Pressable className="row" onTap={() => void Taro.navigateTo({ url: `/pages/me/${to}/index` })}>
      <View className="row-text">{label}</View>
      <View className="row-arrow" />
    </Pressable>
  )
}
