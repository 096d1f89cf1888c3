import type { WxStubs } from '../runtime/wx-bridge.ts'
import type { Platform } from './platform.ts'

/** What the phone and its user's settings are; change it and `emit` the event that WeChat would. */
export interface DeviceFacts {
  readonly brand: string
  readonly model: string
  readonly system: string
  readonly language: 'zh_CN' | 'zh_TW' | 'en'
  readonly theme: 'light' | 'dark'
  /** 16 is the standard size, 28 the largest. */
  readonly fontSizeSetting: number
  readonly SDKVersion: string
  /** WeChat's own. */
  readonly version: string
  readonly windowWidth: number
  readonly windowHeight: number
  readonly screenTop: number
  readonly statusBarHeight: number
  readonly pixelRatio: number
  /** Points below the safe area. */
  readonly homeIndicator: number
}

export interface Device {
  readonly wx: WxStubs
  facts: DeviceFacts
}

const common = {
  language: 'zh_CN',
  theme: 'light',
  fontSizeSetting: 16,
  SDKVersion: '3.8.10',
  version: '8.0.56',
  screenTop: 0,
} as const

/** One phone of each kind, as WeChat describes it to a mini-program. */
const presets: Readonly<Record<Platform, DeviceFacts>> = {
  ios: {
    ...common,
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
    ...common,
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
    ...common,
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

const navigationBar = 44

/** What a mini-program can ask about the phone. */
export function createDevice(platform: Platform, own: Partial<DeviceFacts> = {}): Device {
  const window = () => {
    const { windowWidth, windowHeight, screenTop, statusBarHeight, pixelRatio, homeIndicator } = device.facts
    const screenHeight = windowHeight + statusBarHeight + navigationBar
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
  const app = () => {
    const { language, theme, fontSizeSetting, SDKVersion, version } = device.facts
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
  const hardware = () => {
    const { brand, model, system } = device.facts
    return { brand, model, system, platform, abi: 'arm64', benchmarkLevel: 30 }
  }
  const all = () => ({ ...hardware(), ...app(), ...window() })

  const device: Device = {
    facts: { ...presets[platform], ...own },
    wx: {
      getAppBaseInfo: app,
      getWindowInfo: window,
      getDeviceInfo: hardware,
      getSystemInfoSync: all,
      getSystemInfo: all,
      getMenuButtonBoundingClientRect: () => {
        const { windowWidth, statusBarHeight } = device.facts
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
