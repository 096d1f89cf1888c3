import { afterEach, expect, vi } from 'vitest'

// A test that makes the code complain on console.error has found something: it fails.
const complaints = vi.spyOn(console, 'error')

afterEach(() => {
  const said = complaints.mock.calls.map((args) => args.map(String).join(' '))
  complaints.mockClear()
  expect(said, 'console.error was called').toEqual([])
})
