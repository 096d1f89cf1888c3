import { afterEach, expect, vi } from 'vitest'

// Fails every test during which console.error is called.
const errorSpy = vi.spyOn(console, 'error')

afterEach(() => {
  const messages = errorSpy.mock.calls.map((args) => args.map(String).join(' '))
  errorSpy.mockClear()
  expect(messages, 'console.error was called').toEqual([])
})
