import { expect, test } from 'vitest'
import { splitMessages } from './pglite-stream.ts'

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0])
const query = Buffer.from([...Buffer.from('Q'), 0, 0, 0, 6, 0x31, 0])
const terminate = Buffer.from([...Buffer.from('X'), 0, 0, 0, 4])
const empty = Buffer.alloc(0)

test('splitMessages separates complete messages from an incomplete one', () => {
  const received = Buffer.concat([query, query, query.subarray(0, 3)])
  expect(splitMessages(received, false)).toEqual({
    complete: Buffer.concat([query, query]),
    rest: query.subarray(0, 3),
    terminated: false,
  })
})

test('splitMessages accepts a first message without a type byte', () => {
  const received = Buffer.concat([startup, query])
  expect(splitMessages(received, true)).toEqual({ complete: received, rest: empty, terminated: false })
})

test('splitMessages treats a message as incomplete until its last byte has arrived', () => {
  for (let length = 0; length < startup.length; length++) {
    expect(splitMessages(startup.subarray(0, length), true).complete).toEqual(empty)
  }
  for (let length = 0; length < query.length; length++) {
    expect(splitMessages(query.subarray(0, length), false).complete).toEqual(empty)
  }
})

test('splitMessages drops the bytes after a Terminate message', () => {
  const received = Buffer.concat([query, terminate, query])
  expect(splitMessages(received, false)).toEqual({ complete: query, rest: empty, terminated: true })
})
