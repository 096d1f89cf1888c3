import Taro from '@tarojs/taro'
import type { PlatformStorage } from '../lib/persistent-map.ts'

/** WeChat's storage, or localStorage in a browser. */
export const platformStorage: PlatformStorage = {
  read: (key) => Taro.getStorageSync(key),
  write: (key, value) => Taro.setStorageSync(key, value),
  remove: (key) => Taro.removeStorageSync(key),
}
