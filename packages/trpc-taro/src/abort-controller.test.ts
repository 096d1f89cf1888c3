import { expect, test, vi } from 'vitest'
import { AbortController } from './abort-controller.ts'

test('listeners and onabort hear of the abort once, those that left do not', () => {
  const controller = new AbortController()
  const { signal } = controller
  const [stays, leaves, property] = [vi.fn(), vi.fn(), vi.fn()]
  signal.addEventListener('abort', stays, { once: true })
  signal.addEventListener('abort', stays)
  signal.addEventListener('abort', leaves)
  signal.removeEventListener('abort', leaves)
  signal.onabort = property
  controller.abort('first')
  controller.abort('second')
  expect(stays).toHaveBeenCalledExactlyOnceWith({ type: 'abort', target: signal })
  expect(property).toHaveBeenCalledOnce()
  expect(leaves).not.toHaveBeenCalled()
  expect(signal).toMatchObject({ aborted: true, reason: 'first' })
})

test('an abort without a reason has an AbortError', () => {
  const controller = new AbortController()
  expect(() => controller.signal.throwIfAborted()).not.toThrow()
  controller.abort()
  expect(() => controller.signal.throwIfAborted()).toThrow(expect.objectContaining({ name: 'AbortError' }))
})

test('a listener that throws does not keep the others from hearing', () => {
  vi.useFakeTimers()
  const controller = new AbortController()
  const heard = vi.fn()
  controller.signal.addEventListener('abort', () => {
    throw new Error('broken listener')
  })
  controller.signal.addEventListener('abort', heard)
  controller.abort()
  expect(heard).toHaveBeenCalledOnce()
  expect(() => vi.runAllTimers()).toThrow('broken listener')
  vi.useRealTimers()
})
