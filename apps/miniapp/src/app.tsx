import { useDidShow } from '@tarojs/taro'
import { type PropsWithChildren, useState } from 'react'
import { createServices } from './create-services.ts'
import { ServicesContext } from './services-context.ts'
import './app.css'

export default function App({ children }: PropsWithChildren) {
  const [parts] = useState(createServices)
  // Shown at launch and on each return. A turn later, so that the first screen is on its way before any of it.
  useDidShow(() => void setTimeout(parts.auth.restore))
  return <ServicesContext.Provider value={parts}>{children}</ServicesContext.Provider>
}
