import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'

const globals = [
  'Intl',
  'fetch',
  'process',
  'Buffer',
  'AbortController',
  'TextEncoder',
  'WebAssembly',
  'structuredClone',
  'queueMicrotask',
]

/** What a phone lacks, looked up by name at run time so that no bundler can help. */
function present(): string[] {
  // oxlint-disable-next-line typescript/no-implied-eval -- the one text that WeChat compiles.
  const world = new Function('return this')()
  return globals.filter((name) => name in world)
}

function compiled(): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- what WeChat makes of it is the question.
  return new Function('return 1')
}

async function order(): Promise<string> {
  const words: string[] = []
  const timer = new Promise<void>((resolve) => setTimeout(() => resolve(void words.push('timer')), 0))
  const promise = Promise.resolve().then(() => words.push('promise'))
  await Promise.all([timer, promise])
  return words.join(' then ')
}

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Faults() {
  const [said, say] = useState('')
  return (
    <View>
      <Text className="said">{said}</Text>
      <View className="globals" onClick={() => say(present().join(' ') || 'nothing')} />
      <View className="compile" onClick={() => say(typeof compiled())} />
      <View className="order" onClick={() => void order().then(say)} />
      <View className="clock" onClick={() => void setTimeout(() => say(`later ${Date.now()}`), 240_000)} />
      <View
        className="throw"
        onClick={() => {
          throw new Error('thrown in a handler')
        }}
      />
      <View className="reject" onClick={() => void Promise.reject(new Error('rejected by nobody'))} />
      <View
        className="throw-later"
        onClick={() => {
          setTimeout(() => {
            throw new Error('thrown in a timer')
          })
        }}
      />
      <View
        className="unstubbed"
        onClick={() => void Taro.scanCode({}).catch((error) => say(error.errMsg))}
      />
      <View className="dark" onClick={() => Taro.onThemeChange(({ theme }) => say(`theme ${theme}`))} />
      <View
        className="realm"
        onClick={() => {
          const { keys } = Taro.getStorageInfoSync()
          // biome-ignore lint/suspicious/useIsArray: whether the two agree is the question.
          say(`${keys instanceof Array} ${Object.getPrototypeOf(Taro.getAppBaseInfo()) === Object.prototype}`)
        }}
      />
    </View>
  )
}
