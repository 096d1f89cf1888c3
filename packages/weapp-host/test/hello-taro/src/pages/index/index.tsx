import { Text, View } from '@tarojs/components'

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Index() {
  return (
    <View>
      <Text>Hello, Taro</Text>
    </View>
  )
}
