// Evaluated inside the mini-program's context. On iOS 15 and below WeChat replaces `Promise` with one built on
// `setTimeout`: its callbacks are macrotasks, and run after timers that are already due.
// https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
//
// Async functions keep the engine's own promises, as they do on a phone.
// oxlint-disable-next-line no-unused-expressions -- the file is one expression, and the host uses its value.
;(function replacePromise(setTimeout) {
  class MacrotaskPromise {
    constructor(executor) {
      this.state = 'pending'
      this.value = undefined
      this.reactions = []
      const { resolve, reject } = createResolvers(this)
      try {
        executor(resolve, reject)
      } catch (error) {
        reject(error)
      }
    }

    // biome-ignore lint/suspicious/noThenProperty: this class is a promise.
    then(onFulfilled, onRejected) {
      return new MacrotaskPromise((resolve, reject) => {
        const react = () => {
          const isFulfilled = this.state === 'fulfilled'
          const handler = isFulfilled ? onFulfilled : onRejected
          if (typeof handler !== 'function') return isFulfilled ? resolve(this.value) : reject(this.value)
          try {
            resolve(handler(this.value))
          } catch (error) {
            reject(error)
          }
        }
        if (this.state === 'pending') this.reactions.push(react)
        else setTimeout(react, 0)
      })
    }

    catch(onRejected) {
      return this.then(undefined, onRejected)
    }

    finally(onSettled) {
      const runOnSettled = () => MacrotaskPromise.resolve(onSettled?.())
      return this.then(
        (value) => runOnSettled().then(() => value),
        (error) =>
          runOnSettled().then(() => {
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
        const collectError = (error) => {
          errors.push(error)
          if (errors.length === list.length)
            reject(Object.assign(new Error('All promises were rejected'), { errors }))
        }
        for (const value of list) MacrotaskPromise.resolve(value).then(resolve, collectError)
      })
    }
  }

  function createResolvers(promise) {
    let isSettled = false
    const settle = (state, value) => {
      promise.state = state
      promise.value = value
      for (const react of promise.reactions) setTimeout(react, 0)
      promise.reactions = []
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
      const inner = createResolvers(promise)
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

  /** Resolves with one result per value, in order. `createHandlers` returns the `then` handlers of one value. */
  function collect(values, createHandlers) {
    return new MacrotaskPromise((resolve, reject) => {
      const list = [...values]
      const results = new Array(list.length)
      let pending = list.length
      if (pending === 0) resolve(results)
      list.forEach((value, index) => {
        const put = (result) => {
          results[index] = result
          pending -= 1
          if (pending === 0) resolve(results)
        }
        MacrotaskPromise.resolve(value).then(...createHandlers(put, reject))
      })
    })
  }

  globalThis.Promise = MacrotaskPromise
})
