import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import type { PhonePlatform } from './phone-platform.ts'

/** The phone's model and the user's settings. After a change, a test emits WeChat's event with `host.emit`. */
export interface DeviceProfile {
  readonly brand: string
  readonly model: string
  readonly system: string
  readonly language: 'zh_CN' | 'zh_TW' | 'en'
  readonly theme: 'light' | 'dark'
  /** 16 is the standard size, 28 the largest. */
  readonly fontSizeSetting: number
  readonly SDKVersion: string
  /** Version of the WeChat app. */
  readonly version: string
  readonly windowWidth: number
  readonly windowHeight: number
  readonly screenTop: number
  readonly statusBarHeight: number
  readonly pixelRatio: number
  /** Height of the area below the safe area. */
  readonly homeIndicator: number
}

export interface Device {
  readonly wx: WxStubs
  profile: DeviceProfile
}

const COMMON_PROFILE = {
  language: 'zh_CN',
  theme: 'light',
  fontSizeSetting: 16,
  SDKVersion: '3.8.10',
  version: '8.0.56',
  screenTop: 0,
} as const

/** One phone per platform, with the values that WeChat reports. */
const PROFILES: Readonly<Record<PhonePlatform, DeviceProfile>> = {
  ios: {
    ...COMMON_PROFILE,
    brand: 'iPhone',
    model: 'iPhone 13<iPhone14,5>',
    system: 'iOS 17.5',
    windowWidth: 390,
    windowHeight: 753,
    statusBarHeight: 47,
    pixelRatio: 3,
    homeIndicator: 34,
  },
  android: {
    ...COMMON_PROFILE,
    brand: 'Redmi',
    model: 'Redmi Note 8',
    system: 'Android 11',
    windowWidth: 393,
    windowHeight: 765,
    statusBarHeight: 28,
    pixelRatio: 2.75,
    homeIndicator: 0,
  },
  devtools: {
    ...COMMON_PROFILE,
    brand: 'devtools',
    model: 'iPhone 12/13 (Pro)',
    system: 'iOS 10.0.1',
    windowWidth: 390,
    windowHeight: 753,
    statusBarHeight: 47,
    pixelRatio: 3,
    homeIndicator: 34,
  },
}

const NAVIGATION_BAR_HEIGHT = 44

/** Stubs for the device, window and app information of `wx`. */
export function createDevice(platform: PhonePlatform, overrides: Partial<DeviceProfile> = {}): Device {
  const getWindowInfo = () => {
    const { windowWidth, windowHeight, screenTop, statusBarHeight, pixelRatio, homeIndicator } =
      device.profile
    const screenHeight = windowHeight + statusBarHeight + NAVIGATION_BAR_HEIGHT
    const bottom = screenHeight - homeIndicator
    return {
      windowWidth,
      windowHeight,
      screenWidth: windowWidth,
      screenHeight,
      screenTop,
      statusBarHeight,
      pixelRatio,
      safeArea: {
        left: 0,
        right: windowWidth,
        top: statusBarHeight,
        bottom,
        width: windowWidth,
        height: bottom - statusBarHeight,
      },
    }
  }
  const getAppBaseInfo = () => {
    const { language, theme, fontSizeSetting, SDKVersion, version } = device.profile
    return {
      language,
      theme,
      fontSizeSetting,
      SDKVersion,
      version,
      enableDebug: false,
      host: { env: 'WeChat' },
    }
  }
  const getDeviceInfo = () => {
    const { brand, model, system } = device.profile
    return { brand, model, system, platform, abi: 'arm64', benchmarkLevel: 30 }
  }
  const getSystemInfo = () => ({ ...getDeviceInfo(), ...getAppBaseInfo(), ...getWindowInfo() })

  const device: Device = {
    profile: { ...PROFILES[platform], ...overrides },
    wx: {
      getAppBaseInfo,
      getWindowInfo,
      getDeviceInfo,
      getSystemInfoSync: getSystemInfo,
      getSystemInfo,
      getMenuButtonBoundingClientRect: () => {
        const { windowWidth, statusBarHeight } = device.profile
        const [width, height, top] = [87, 32, statusBarHeight + 6]
        return {
          width,
          height,
          top,
          bottom: top + height,
          left: windowWidth - width - 7,
          right: windowWidth - 7,
        }
      },
    },
  }
  return device
}
