import { Text } from '@tarojs/components'

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Album() {
  return <Text>an album in a sub-package</Text>
}
