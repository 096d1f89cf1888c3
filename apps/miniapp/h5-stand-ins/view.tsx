import { View as PlainView } from '@tarojs/components-react'
import type { ComponentProps } from 'react'
import { forBrowser } from './to-dom-props.ts'

/** WeChat's view, readable by a browser's screen reader. */
export function View(props: ComponentProps<typeof PlainView>) {
  return <PlainView {...forBrowser(props)} />
}
