import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { usePageVisible } from './use-page-visible.ts'

/** Sets the navigation bar's title while this page is on top: the bar is shared by all pages. */
export function useTitle(title: string): void {
  const isVisible = usePageVisible()
  useEffect(() => {
    if (isVisible) void Taro.setNavigationBarTitle({ title })
  }, [title, isVisible])
}
