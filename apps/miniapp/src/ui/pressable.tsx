import { Button } from '@tarojs/components'
import type { PropsWithChildren } from 'react'

export interface PressableProps {
  readonly className?: string
  /** The accessible name, where the content is not enough. */
  readonly label?: string
  readonly isDisabled?: boolean
  readonly onTap: () => void
}

/** WeChat's button without its styles, at least 48 points high. */
export function Pressable({
  className = '',
  label,
  isDisabled = false,
  onTap,
  children,
}: PropsWithChildren<PressableProps>) {
  return (
    <Button
      className={`pressable ${className}`}
      hoverClass="pressed"
      disabled={isDisabled}
      ariaRole="button"
      {...(label !== undefined && { ariaLabel: label })}
      onClick={onTap}
    >
      {children}
    </Button>
  )
}
