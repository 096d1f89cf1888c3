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

/** Returns the names that exist. They are looked up at run time, so that the bundler cannot replace them. */
function findPresentGlobals(): string[] {
  // oxlint-disable-next-line typescript/no-implied-eval -- the only source that WeChat compiles.
  const globalObject = new Function('return this')()
  return globals.filter((name) => name in globalObject)
}

function compileSource(): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- a test checks what WeChat returns for it.
  return new Function('return 1')
}

/** Returns the order in which a promise and a timer call back. */
async function recordOrder(): Promise<string> {
  const order: string[] = []
  const timer = new Promise<void>((resolve) => setTimeout(() => resolve(void order.push('timer')), 0))
  const promise = Promise.resolve().then(() => order.push('promise'))
  await Promise.all([timer, promise])
  return order.join(' then ')
}

// biome-ignore lint/style/noDefaultExport: Taro loads a page by its default export.
export default function Runtime() {
  const [output, setOutput] = useState('')
  return (
    <View>
      <Text className="output">{output}</Text>
      <View className="globals" onClick={() => setOutput(findPresentGlobals().join(' ') || 'nothing')} />
      <View className="compile" onClick={() => setOutput(typeof compileSource())} />
      <View className="order" onClick={() => void recordOrder().then(setOutput)} />
      <View
        className="clock"
        onClick={() => void setTimeout(() => setOutput(`later ${Date.now()}`), 240_000)}
      />
      <View
        className="throw"
        onClick={() => {
          throw new Error('thrown in an event handler')
        }}
      />
      <View className="reject" onClick={() => void Promise.reject(new Error('an unhandled rejection'))} />
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
        onClick={() => void Taro.scanCode({}).catch((error) => setOutput(error.errMsg))}
      />
      <View className="dark" onClick={() => Taro.onThemeChange(({ theme }) => setOutput(`theme ${theme}`))} />
      <View
        className="realm"
        onClick={() => {
          const { keys } = Taro.getStorageInfoSync()
          const isPlainObject = Object.getPrototypeOf(Taro.getAppBaseInfo()) === Object.prototype
          // biome-ignore lint/suspicious/useIsArray: the test checks instanceof across realms.
          setOutput(`${keys instanceof Array} ${isPlainObject}`)
        }}
      />
    </View>
  )
}
