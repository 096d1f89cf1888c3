// Evaluated inside the mini-program's context. Objects created here belong to the mini-program's realm, so `instanceof`,
// `constructor` and property checks give the same results as on a phone. The host calls the mini-program only through it.
//
// The file is one expression: a function that takes the host's callbacks. It uses only ECMAScript built-ins.
// oxlint-disable-next-line no-unused-expressions -- the file is one expression, and the host uses its value.
;(function createBridge(host) {
  /** Copies a host value into this realm; a function becomes a function of this realm that calls the host's. */
  function toRealm(value) {
    if (value instanceof Object) return value
    if (typeof value === 'function') return (...args) => toRealm(wrap(value)(...args))
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return Array.from(value, toRealm)
    switch (Object.prototype.toString.call(value)) {
      case '[object Error]':
        return Object.assign(new Error(value.message), { name: value.name })
      case '[object ArrayBuffer]':
        return Uint8Array.from(new Uint8Array(value)).buffer
      default:
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toRealm(entry)]))
    }
  }

  /** Wraps a host function in a function of this realm. Arguments and result pass unchanged, errors are copied. */
  function wrap(fn) {
    return function (...args) {
      try {
        return fn.apply(this, args)
      } catch (error) {
        throw toRealm(error)
      }
    }
  }

  const EnginePromise = Promise

  // ── wx ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** For each kind of `wx` function, a factory of functions of that kind. */
  const factories = {
    sync:
      (name) =>
      (...args) =>
        toRealm(wrap(host.callSync)(name, args)),
    listen: (name) => wrap((listener) => host.listen(name, listener)),
    unlisten: (name) => wrap((listener) => host.unlisten(name, listener)),
    async: (name) => (options) => {
      const { success, fail, complete } = options ?? {}
      if (success || fail || complete) return void start(name, options)
      // WeChat returns a promise since base library 2.10.2.
      return new Promise((resolve, reject) => start(name, { ...options, success: resolve, fail: reject }))
    },
    task: (name) => (options) => start(name, options),
  }

  /** Starts an asynchronous call. The host settles it after this function has returned. */
  function start(name, { success, fail, complete, ...options } = {}) {
    return toRealm(
      host.call(name, options, (isOk, hostResult) => {
        const result = toRealm(hostResult)
        run(isOk ? success : fail, result)
        run(complete, result)
      }),
    )
  }

  /** Calls a function of the mini-program and reports what it throws to the host. */
  function run(callback, ...args) {
    if (typeof callback !== 'function') return undefined
    try {
      return callback(...args)
    } catch (error) {
      host.report(error)
      return undefined
    }
  }

  function createWx(api) {
    return Object.fromEntries(Object.entries(api).map(([name, kind]) => [name, factories[kind](name)]))
  }

  // ── timers, clock, console, Function ──────────────────────────────────────────────────────────────────────────

  function startTimer(repeats) {
    return (callback, delay, ...args) =>
      host.startTimer(() => run(callback, ...args), Number(delay) || 0, repeats)
  }

  function stopTimer(id) {
    host.stopTimer(id)
  }

  const RealDate = Date
  /** `Date` on the host's clock. */
  function HostDate(...args) {
    if (!new.target) return new RealDate(host.now()).toString()
    return args.length === 0 ? new RealDate(host.now()) : new RealDate(...args)
  }
  Object.defineProperties(HostDate, Object.getOwnPropertyDescriptors(RealDate))
  HostDate.now = () => host.now()
  RealDate.prototype.constructor = HostDate

  const RealFunction = Function
  /** WeChat's `Function` compiles `return this` only: `new` with any other source returns an uncallable object. */
  function WeChatFunction(...args) {
    return args.at(-1) === 'return this' ? () => globalThis : undefined
  }
  WeChatFunction.prototype = RealFunction.prototype

  function createConsole() {
    const levels = [
      'log',
      'info',
      'warn',
      'error',
      'debug',
      'trace',
      'group',
      'groupCollapsed',
      'groupEnd',
      'table',
    ]
    return Object.fromEntries(levels.map((level) => [level, (...args) => host.log(level, args)]))
  }

  Object.assign(globalThis, {
    console: createConsole(),
    setTimeout: startTimer(false),
    setInterval: startTimer(true),
    clearTimeout: stopTimer,
    clearInterval: stopTimer,
    Date: HostDate,
    Function: WeChatFunction,
    eval: undefined,
    global: globalThis,
  })

  return {
    toRealm,
    wrap,
    run,
    createWx,
    /** A copy through JSON, as WeChat makes it between its logic thread and its view thread. */
    cloneAsJson: (value) => JSON.parse(JSON.stringify(value)),
    createArray: (values) => Array.from(values),
    /** True for promises of the engine, also where `globalThis.Promise` has been replaced. */
    isEnginePromise: (value) => value instanceof EnginePromise,
  }
})
