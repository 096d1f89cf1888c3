import { Button, CustomWrapper, Image, RootPortal, Text, View } from '@tarojs/components'
import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReady, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'

/** A tree deeper than Taro's templates, so that Taro continues it in its `comp` component. */
function Deep({ levels }: { levels: number }) {
  return levels === 0 ? (
    <Text className="bottom">the bottom</Text>
  ) : (
    <View>{<Deep levels={levels - 1} />}</View>
  )
}

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Home() {
  const [count, setCount] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const [phone, setPhone] = useState('none')
  const [events, setEvents] = useState<string[]>([])
  const record = (event: string) => setEvents((earlier) => [...earlier, event])
  useReady(() => record('ready'))
  useDidShow(() => record('show'))
  useDidHide(() => record('hide'))
  usePullDownRefresh(() => record('refresh'))
  useShareAppMessage(() => ({ title: 'A tour', path: 'pages/home/index' }))

  return (
    <View className="home">
      <Text className="count">Tapped {count} times</Text>
      <View className="events">{events.join(' ')}</View>
      <Button className="more" onClick={() => setCount(count + 1)}>
        More
      </Button>
      <Button className="never" disabled onClick={() => setCount(-1)}>
        Never
      </Button>
      <View className="outer" onClick={() => record('outer')}>
        <View className="inner" onClick={() => record('inner')} />
        <View className="stops" onClick={(event) => event.stopPropagation()} />
      </View>
      <CustomWrapper>
        <Text className="wrapped">wrapped {count}</Text>
      </CustomWrapper>
      <Deep levels={24} />
      <Image className="picture" src="/picture.png" />
      <View
        className="to-form"
        onClick={() => void Taro.navigateTo({ url: '/pages/form/index?name=alice&from=home' })}
      />
      <View className="to-album" onClick={() => void Taro.navigateTo({ url: '/album/pages/index/index' })} />
      <View className="to-mine" onClick={() => void Taro.switchTab({ url: '/pages/mine/index' })} />
      <View
        className="to-nowhere"
        onClick={() => void Taro.navigateTo({ url: '/pages/nowhere' }).catch((error) => record(error.errMsg))}
      />
      <View className="open" onClick={() => setOpen(true)} />
      <Text className="phone">{phone}</Text>
      {isOpen && (
        <RootPortal>
          <View className="mask" catchMove onClick={() => setOpen(false)}>
            <View className="sheet" onClick={(event) => event.stopPropagation()}>
              <Button
                className="phone-button"
                openType="getPhoneNumber"
                onGetPhoneNumber={({ detail }) => setPhone(detail.code ?? detail.errMsg)}
              />
            </View>
          </View>
        </RootPortal>
      )}
    </View>
  )
}
