/**
 * Names that a mini-program's JavaScript may use without declaring them.
 *
 * ECMAScript up to 2021 and the declarations of miniprogram-api-typings. `Intl`, `WeakRef`, `FinalizationRegistry`,
 * `AggregateError`, `Atomics`, `SharedArrayBuffer` and `WebAssembly` are left out: only some phones have them.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
 */
export const runtimeGlobals: ReadonlySet<string> = new Set([
  // values
  ...['undefined', 'NaN', 'Infinity', 'globalThis', 'arguments'],
  // functions
  ...[
    'isFinite',
    'isNaN',
    'parseFloat',
    'parseInt',
    'decodeURI',
    'decodeURIComponent',
    'encodeURI',
    'encodeURIComponent',
  ],
  ...['escape', 'unescape'],
  // objects
  ...[
    'Array',
    'ArrayBuffer',
    'BigInt',
    'Boolean',
    'DataView',
    'Date',
    'Function',
    'JSON',
    'Map',
    'Math',
    'Number',
  ],
  ...['Object', 'Promise', 'Proxy', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'WeakMap', 'WeakSet'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...[
    'BigInt64Array',
    'BigUint64Array',
    'Float32Array',
    'Float64Array',
    'Int8Array',
    'Int16Array',
    'Int32Array',
  ],
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array'],
  // WeChat
  ...[
    'wx',
    'App',
    'Page',
    'Component',
    'Behavior',
    'getApp',
    'getCurrentPages',
    'console',
    'global',
    'WXWebAssembly',
  ],
  ...['require', 'module', 'exports', 'requirePlugin', 'requireMiniProgram'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
])
