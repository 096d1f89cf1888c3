import { View } from '@tarojs/components'
import type { CSSProperties, PropsWithChildren } from 'react'
import { useServices } from '../services-context.ts'

export interface ScreenProps {
  readonly className?: string
}

/** What every page and popup stands on: the design tokens, and type as large as the person reads it. */
export function Screen({ className = '', children }: PropsWithChildren<ScreenProps>) {
  const { typeScale } = useServices().system
  // React's type of a style knows no custom properties; both platforms do.
  const style = { '--type-scale': String(typeScale) } as CSSProperties
  return (
    <View className={`kin ${className}`} style={style}>
      {children}
    </View>
  )
}
