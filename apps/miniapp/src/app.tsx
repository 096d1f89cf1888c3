import { useLaunch } from '@tarojs/taro'
import { type PropsWithChildren, useState } from 'react'
import { compose } from './compose.ts'
import { PartsContext } from './use-parts.ts'
import './app.css'

export default function App({ children }: PropsWithChildren) {
  const [parts] = useState(compose)
  useLaunch(() => {
    void parts.session.resume()
  })
  return <PartsContext.Provider value={parts}>{children}</PartsContext.Provider>
}
