import { Button, Form, Input, Picker, Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'

const fruits = ['persimmon', 'tangerine', 'coconut']

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function FormPage() {
  const { params } = useRouter()
  const [typed, setTyped] = useState('')
  const [fruit, setFruit] = useState('none')
  const [sent, setSent] = useState('nothing')
  return (
    <View>
      <Text className="params">{`${params.name} from ${params.from}`}</Text>
      <Form onSubmit={({ detail }) => setSent(JSON.stringify(detail.value))}>
        <Input
          name="nickname"
          className="nickname"
          value={typed}
          onInput={({ detail }) => setTyped(detail.value)}
        />
        <Text className="typed">typed {typed}</Text>
        <Picker
          mode="selector"
          range={fruits}
          onChange={({ detail }) => setFruit(fruits[Number(detail.value)] ?? '')}
        >
          <Text className="fruit">{fruit}</Text>
        </Picker>
        <Button className="send" formType="submit">
          Send
        </Button>
      </Form>
      <Text className="sent">{sent}</Text>
      <View className="back" onClick={() => void Taro.navigateBack()} />
    </View>
  )
}
