import { View as PlainView } from '@tarojs/components-react'
import type { ComponentProps } from 'react'
import { toDomProps } from './to-dom-props.ts'

/** WeChat's view, with its ARIA properties as DOM attributes. */
export function View(props: ComponentProps<typeof PlainView>) {
  return <PlainView {...toDomProps(props)} />
}
