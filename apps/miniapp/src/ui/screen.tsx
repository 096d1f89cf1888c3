import { View } from '@tarojs/components'
import type { CSSProperties, PropsWithChildren } from 'react'
import { useServices } from '../services-context.ts'

export interface ScreenProps {
  readonly className?: string
}

/** The root of every page and popup: defines the design tokens and the user's font scale. */
export function Screen({ className = '', children }: PropsWithChildren<ScreenProps>) {
  const { typeScale } = useServices().system
  // React's style type lacks custom properties; both platforms support them.
  const style = { '--type-scale': String(typeScale) } as CSSProperties
  return (
    <View className={`kin ${className}`} style={style}>
      {children}
    </View>
  )
}
