import { Image as PlainImage } from '@tarojs/components-react'
import type { ComponentProps } from 'react'
import { toDomProps } from './to-dom-props.ts'

/** WeChat's image, with its ARIA properties as DOM attributes. */
export function Image(props: ComponentProps<typeof PlainImage>) {
  return <PlainImage {...toDomProps(props)} />
}
