import { useDidShow } from '@tarojs/taro'
import { type PropsWithChildren, useState } from 'react'
import { createServices } from './create-services.ts'
import { ServicesContext } from './services-context.ts'
import './app.css'

/** Creates the services and provides them to every page. */
export default function App({ children }: PropsWithChildren) {
  const [services] = useState(createServices)
  // Runs at launch and on each return to the foreground. The timeout lets the first screen render first.
  useDidShow(() => void setTimeout(services.auth.restore))
  return <ServicesContext.Provider value={services}>{children}</ServicesContext.Provider>
}
