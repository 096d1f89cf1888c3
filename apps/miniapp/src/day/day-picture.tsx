import { Text, View } from '@tarojs/components'
import { useMessages } from '../services-context.ts'

/** An illustration in place of the family's photos. */
export function DayPicture() {
  const { day } = useMessages()
  return (
    <View className="card picture">
      <View className="picture-image" ariaRole="img" ariaLabel={day.picture.body} />
      <View className="picture-text">
        <Text className="type-body strong">{day.picture.body}</Text>
        <Text className="type-note muted">{day.pictureCaption}</Text>
      </View>
    </View>
  )
}
