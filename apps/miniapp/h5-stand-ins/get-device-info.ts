/** `Taro.getDeviceInfo`, where a browser's name stands in for the telephone's. */
export function getDeviceInfo() {
  const known: readonly [sign: RegExp, name: string][] = [
    [/MicroMessenger\//, 'WeChat'],
    [/Edg(A|iOS)?\//, 'Edge'],
    [/(Firefox|FxiOS)\//, 'Firefox'],
    [/(Chrome|CriOS)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]
  const name = known.find(([sign]) => sign.test(navigator.userAgent))?.[1] ?? ''
  return { model: `${name} ${navigator.language.startsWith('zh') ? '浏览器' : 'browser'}`.trim() }
}
