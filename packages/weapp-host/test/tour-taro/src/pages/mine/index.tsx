import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Mine() {
  return (
    <View>
      <Text>mine</Text>
      <View className="to-home" onClick={() => void Taro.switchTab({ url: '/pages/home/index' })} />
    </View>
  )
}
