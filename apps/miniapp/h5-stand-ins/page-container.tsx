import { useEffect } from 'react'

interface PageContainerProps {
  readonly show?: boolean
  readonly onAfterLeave?: () => void
}

/** WeChat's page container, reduced to its back event: Escape takes the place of Android's back button. */
export function PageContainer({ show = false, onAfterLeave }: PageContainerProps) {
  useEffect(() => {
    if (!show) return
    function onKeyDown({ key }: KeyboardEvent) {
      if (key === 'Escape') onAfterLeave?.()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [show, onAfterLeave])
  return null
}
