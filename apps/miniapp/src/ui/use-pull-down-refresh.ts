import Taro, { usePullDownRefresh } from '@tarojs/taro'

/** Does something when the page is pulled down, and lets it go when that is over. The page's configuration allows it. */
export function usePull(refresh: () => Promise<void>): void {
  usePullDownRefresh(() => void refresh().finally(() => Taro.stopPullDownRefresh()))
}
