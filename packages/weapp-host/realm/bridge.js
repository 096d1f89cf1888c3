// Evaluated inside the bare context: what it makes belongs to the mini-program's own realm, so that `instanceof`,
// `constructor` and property checks behave as on a phone. The host speaks to the mini-program through it alone.
//
// The file is one expression, a function of the host's side; it uses only what ECMAScript itself brings.
// oxlint-disable-next-line no-unused-expressions -- the file is one expression.
;(function createKernel(host) {
  /** Copies a value of the host into this realm; functions become functions of this realm that call the host's. */
  function adopt(value) {
    if (value instanceof Object) return value
    if (typeof value === 'function') return (...args) => adopt(guard(value)(...args))
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return Array.from(value, adopt)
    switch (Object.prototype.toString.call(value)) {
      case '[object Error]':
        return Object.assign(new Error(value.message), { name: value.name })
      case '[object ArrayBuffer]':
        return Uint8Array.from(new Uint8Array(value)).buffer
      default:
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, adopt(entry)]))
    }
  }

  /** Makes a function of this realm out of one of the host; arguments and result pass as they are, errors are adopted. */
  function guard(fn) {
    return function (...args) {
      try {
        return fn.apply(this, args)
      } catch (error) {
        throw adopt(error)
      }
    }
  }

  const EnginePromise = Promise

  // ── wx ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const answers = {
    sync:
      (name) =>
      (...args) =>
        adopt(guard(host.callSync)(name, args)),
    listen: (name) => guard((listener) => host.listen(name, listener)),
    unlisten: (name) => guard((listener) => host.unlisten(name, listener)),
    async: (name) => (options) => {
      const { success, fail, complete } = options ?? {}
      if (success || fail || complete) return void start(name, options)
      // As WeChat does since base library 2.10.2.
      return new Promise((resolve, reject) => start(name, { ...options, success: resolve, fail: reject }))
    },
    task: (name) => (options) => start(name, options),
  }

  /** One asynchronous call. Whatever the host answers, the callbacks hear of it after this function has returned. */
  function start(name, { success, fail, complete, ...facts } = {}) {
    return adopt(
      host.call(name, facts, (isOk, hostResult) => {
        const result = adopt(hostResult)
        run(isOk ? success : fail, result)
        run(complete, result)
      }),
    )
  }

  /** Calls a function of the mini-program; what it throws is the mini-program's error, not the caller's. */
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
    return Object.fromEntries(Object.entries(api).map(([name, kind]) => [name, answers[kind](name)]))
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
  /** WeChat's own: anything but `return this` gives nothing to call, and does not throw. */
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
    adopt,
    guard,
    run,
    createWx,
    /** A copy as it crosses the bridge between WeChat's two threads. */
    throughJson: (value) => JSON.parse(JSON.stringify(value)),
    listOf: (values) => Array.from(values),
    /** The engine's own, whatever the mini-program is given as `Promise`. */
    isPromise: (value) => value instanceof EnginePromise,
  }
})
