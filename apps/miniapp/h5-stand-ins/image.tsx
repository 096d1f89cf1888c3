import { Image as PlainImage } from '@tarojs/components-react'
import type { ComponentProps } from 'react'
import { forBrowser } from './to-dom-props.ts'

/** WeChat's image, readable by a browser's screen reader. */
export function Image(props: ComponentProps<typeof PlainImage>) {
  return <PlainImage {...forBrowser(props)} />
}
