import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { usePageVisible } from './use-page-visible.ts'

/** Writes the title into WeChat's bar while this page is the one on top: the bar belongs to whoever is. */
export function useTitle(title: string): void {
  const isShown = usePageVisible()
  useEffect(() => {
    if (isShown) void Taro.setNavigationBarTitle({ title })
  }, [title, isShown])
}
