import { Text, View } from '@tarojs/components'
import { useMessages } from '../services-context.ts'

/** A drawing in place of the family's photographs. */
export function DayPicture() {
  const { day } = useMessages()
  return (
    <View className="card picture">
      <View className="picture-drawing" ariaRole="img" ariaLabel={day.picture.body} />
      <View className="picture-words">
        <Text className="type-body strong">{day.picture.body}</Text>
        <Text className="type-note soft">{day.pictureCaption}</Text>
      </View>
    </View>
  )
}
