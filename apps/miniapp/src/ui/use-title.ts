import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'

/** Writes the page's title into WeChat's bar, again whenever the page comes up or the language changes. */
export function useTitle(title: string): void {
  const write = () => void Taro.setNavigationBarTitle({ title })
  useDidShow(write)
  useEffect(write, [title])
}
