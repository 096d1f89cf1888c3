import Taro, { usePullDownRefresh as useTaroPullDownRefresh } from '@tarojs/taro'

/** Runs `refresh` on pull-down and then ends WeChat's animation. The page needs `enablePullDownRefresh`. */
export function usePullDownRefresh(refresh: () => Promise<void>): void {
  useTaroPullDownRefresh(() => void refresh().finally(() => Taro.stopPullDownRefresh()))
}
