/// <reference types="@tarojs/taro" />
/// <reference types="miniprogram-api-typings" />

declare module '*.css'

/** The text of a drawing. */
declare module '*.svg?raw' {
  const text: string
  // biome-ignore lint/style/noDefaultExport: a bundler hands an asset over as the default export
  export default text
}

/** Of this build; the build writes it in. */
declare const APP_VERSION: string

declare const process: {
  readonly env: {
    readonly TARO_ENV: 'weapp' | 'h5'
    readonly TARO_APP_API_URL: string
  }
}

// The build supplies both: WeChat has neither.
type AbortController = import('@kinpass/trpc-taro/abort-controller').AbortController
declare const AbortController: typeof import('@kinpass/trpc-taro/abort-controller').AbortController
type AbortSignal = import('@kinpass/trpc-taro/abort-controller').AbortSignal

// WeChat's typings want a number; every platform takes an absent timer too.
declare function clearTimeout(timer: number | undefined): void
