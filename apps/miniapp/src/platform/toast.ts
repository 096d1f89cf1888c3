import Taro from '@tarojs/taro'

const DURATION_MS = 2500

/** Shows one line of text for a moment. */
export function showToast(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: DURATION_MS })
}
