import { Text, View } from '@tarojs/components'

export default function Home() {
  return (
    <View>
      <Text>家属通</Text>
    </View>
  )
}
