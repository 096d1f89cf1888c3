import { expect, test, vi } from 'vitest'
import { AbortController } from './abort-controller.ts'

test('an abort calls current listeners and onabort once, removed listeners never', () => {
  const controller = new AbortController()
  const { signal } = controller
  const [listener, removed, onabort] = [vi.fn(), vi.fn(), vi.fn()]
  signal.addEventListener('abort', listener, { once: true })
  signal.addEventListener('abort', listener)
  signal.addEventListener('abort', removed)
  signal.removeEventListener('abort', removed)
  signal.onabort = onabort
  controller.abort('first')
  controller.abort('second')
  expect(listener).toHaveBeenCalledExactlyOnceWith({ type: 'abort', target: signal })
  expect(onabort).toHaveBeenCalledOnce()
  expect(removed).not.toHaveBeenCalled()
  expect(signal).toMatchObject({ aborted: true, reason: 'first' })
})

test('an abort without a reason sets an AbortError', () => {
  const controller = new AbortController()
  expect(() => controller.signal.throwIfAborted()).not.toThrow()
  controller.abort()
  expect(() => controller.signal.throwIfAborted()).toThrow(expect.objectContaining({ name: 'AbortError' }))
})

test('an error in a listener does not stop the other listeners', () => {
  vi.useFakeTimers()
  const controller = new AbortController()
  const listener = vi.fn()
  controller.signal.addEventListener('abort', () => {
    throw new Error('broken listener')
  })
  controller.signal.addEventListener('abort', listener)
  controller.abort()
  expect(listener).toHaveBeenCalledOnce()
  expect(() => vi.runAllTimers()).toThrow('broken listener')
  vi.useRealTimers()
})
