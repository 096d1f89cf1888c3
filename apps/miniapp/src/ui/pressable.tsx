import { Button } from '@tarojs/components'
import type { PropsWithChildren } from 'react'

export interface PressableProps {
  readonly className?: string
  /** Said by a screen reader instead of the content. */
  readonly label?: string
  readonly isDisabled?: boolean
  readonly onTap: () => void
}

/** Anything that acts: WeChat's button without its looks, at least 48 points high. */
export function Pressable({
  className = '',
  label,
  isDisabled = false,
  onTap,
  children,
}: PropsWithChildren<PressableProps>) {
  return (
    <Button
      className={`tap ${className}`}
      hoverClass="tap-pressed"
      disabled={isDisabled}
      ariaRole="button"
      {...(label !== undefined && { ariaLabel: label })}
      onClick={onTap}
    >
      {children}
    </Button>
  )
}
