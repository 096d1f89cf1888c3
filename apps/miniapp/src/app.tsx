import { useDidShow } from '@tarojs/taro'
import { type PropsWithChildren, useState } from 'react'
import { compose } from './create-services.ts'
import { PartsContext } from './services-context.ts'
import './app.css'

export default function App({ children }: PropsWithChildren) {
  const [parts] = useState(compose)
  // Shown at launch and on each return. A turn later, so that the first screen is on its way before any of it.
  useDidShow(() => void setTimeout(parts.session.resume))
  return <PartsContext.Provider value={parts}>{children}</PartsContext.Provider>
}
