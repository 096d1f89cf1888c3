import Taro from '@tarojs/taro'

/** Says one short line in passing. */
export function say(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: 2500 })
}
