// Evaluated inside the bare context. On iOS 15 and below WeChat replaces `Promise` by one that is made of `setTimeout`: its
// callbacks are tasks, not microtasks, and run after timers that were due before.
// https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
//
// Async functions keep the engine's own promises, as they do on a phone.
// oxlint-disable-next-line no-unused-expressions -- the file is one expression.
;(function replacePromise(setTimeout) {
  class MacrotaskPromise {
    constructor(executor) {
      this.state = 'pending'
      this.value = undefined
      this.waiting = []
      const { resolve, reject } = settlersOf(this)
      try {
        executor(resolve, reject)
      } catch (error) {
        reject(error)
      }
    }

    // biome-ignore lint/suspicious/noThenProperty: this is a promise.
    then(onFulfilled, onRejected) {
      return new MacrotaskPromise((resolve, reject) => {
        const react = () => {
          const isGood = this.state === 'fulfilled'
          const handler = isGood ? onFulfilled : onRejected
          if (typeof handler !== 'function') return isGood ? resolve(this.value) : reject(this.value)
          try {
            resolve(handler(this.value))
          } catch (error) {
            reject(error)
          }
        }
        if (this.state === 'pending') this.waiting.push(react)
        else setTimeout(react, 0)
      })
    }

    catch(onRejected) {
      return this.then(undefined, onRejected)
    }

    finally(onSettled) {
      const settled = () => MacrotaskPromise.resolve(onSettled?.())
      return this.then(
        (value) => settled().then(() => value),
        (error) =>
          settled().then(() => {
            throw error
          }),
      )
    }

    static resolve(value) {
      return value instanceof MacrotaskPromise ? value : new MacrotaskPromise((resolve) => resolve(value))
    }

    static reject(error) {
      return new MacrotaskPromise((_, reject) => reject(error))
    }

    static all(values) {
      return collect(values, (put, reject) => [put, reject])
    }

    static allSettled(values) {
      return collect(values, (put) => [
        (value) => put({ status: 'fulfilled', value }),
        (reason) => put({ status: 'rejected', reason }),
      ])
    }

    static race(values) {
      return new MacrotaskPromise((resolve, reject) => {
        for (const value of values) MacrotaskPromise.resolve(value).then(resolve, reject)
      })
    }

    static any(values) {
      const errors = []
      return new MacrotaskPromise((resolve, reject) => {
        const list = [...values]
        const refuse = (error) => {
          errors.push(error)
          if (errors.length === list.length)
            reject(Object.assign(new Error('All promises were rejected'), { errors }))
        }
        for (const value of list) MacrotaskPromise.resolve(value).then(resolve, refuse)
      })
    }
  }

  function settlersOf(promise) {
    let isSettled = false
    const settle = (state, value) => {
      promise.state = state
      promise.value = value
      for (const react of promise.waiting) setTimeout(react, 0)
      promise.waiting = []
    }
    const reject = (error) => {
      if (isSettled) return
      isSettled = true
      settle('rejected', error)
    }
    const resolve = (value) => {
      if (isSettled) return
      isSettled = true
      if (typeof value?.then !== 'function') return settle('fulfilled', value)
      const inner = settlersOf(promise)
      setTimeout(() => {
        try {
          value.then(inner.resolve, inner.reject)
        } catch (error) {
          inner.reject(error)
        }
      }, 0)
    }
    return { resolve, reject }
  }

  /** A promise of one result per value; `handlersOf` says what a value's end puts into its place. */
  function collect(values, handlersOf) {
    return new MacrotaskPromise((resolve, reject) => {
      const list = [...values]
      const results = new Array(list.length)
      let open = list.length
      if (open === 0) resolve(results)
      list.forEach((value, index) => {
        const put = (result) => {
          results[index] = result
          open -= 1
          if (open === 0) resolve(results)
        }
        MacrotaskPromise.resolve(value).then(...handlersOf(put, reject))
      })
    })
  }

  globalThis.Promise = MacrotaskPromise
})
