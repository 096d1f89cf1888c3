import { Text, View } from '@tarojs/components'
import { useMessages } from '../services-context.ts'

/** An illustration in place of the family's photos. */
export function DayPicture() {
  const { day } = useMessages()
  return (
    <View className="card picture">
      <View className="picture-image" ariaRole="img" ariaLabel={day.picture.title} />
      <View className="picture-text">
        <Text className="type-body strong">{day.picture.title}</Text>
        <Text className="type-note muted">{day.picture.body}</Text>
      </View>
    </View>
  )
}
