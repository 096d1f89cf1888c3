import { useEffect } from 'react'

interface PageContainerProps {
  readonly show?: boolean
  readonly onAfterLeave?: () => void
}

/** WeChat's page container, as far as it hears of going back: in a browser that is the escape key. */
export function PageContainer({ show = false, onAfterLeave }: PageContainerProps) {
  useEffect(() => {
    if (!show) return
    function hear({ key }: KeyboardEvent) {
      if (key === 'Escape') onAfterLeave?.()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [show, onAfterLeave])
  return null
}
