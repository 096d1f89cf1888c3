/** `Taro.getDeviceInfo`: the browser's name takes the place of the phone's model. */
export function getDeviceInfo() {
  // The first match counts: a browser's user agent may also contain names below its own.
  const browsers: readonly [pattern: RegExp, name: string][] = [
    [/MicroMessenger\//, 'WeChat'],
    [/Edg(A|iOS)?\//, 'Edge'],
    [/(Firefox|FxiOS)\//, 'Firefox'],
    [/(Chrome|CriOS)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]
  const name = browsers.find(([pattern]) => pattern.test(navigator.userAgent))?.[1] ?? ''
  return { model: `${name} ${navigator.language.startsWith('zh') ? '浏览器' : 'browser'}`.trim() }
}
