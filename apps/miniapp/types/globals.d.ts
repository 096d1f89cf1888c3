/// <reference types="@tarojs/taro" />
/// <reference types="miniprogram-api-typings" />

declare module '*.css'

/** The text of an SVG file. */
declare module '*.svg?raw' {
  const text: string
  // biome-ignore lint/style/noDefaultExport: webpack exports an asset as the default export
  export default text
}

/** The version in package.json; the build replaces the name with the value. */
declare const APP_VERSION: string

declare const process: {
  readonly env: {
    readonly TARO_ENV: 'weapp' | 'h5'
    readonly TARO_APP_API_URL: string
  }
}

// The build provides AbortController (config/index.ts): WeChat has neither.
type AbortController = import('@kinpass/trpc-taro/abort-controller').AbortController
declare const AbortController: typeof import('@kinpass/trpc-taro/abort-controller').AbortController
type AbortSignal = import('@kinpass/trpc-taro/abort-controller').AbortSignal

// WeChat's typings require a number; every platform also accepts undefined.
declare function clearTimeout(timer: number | undefined): void
