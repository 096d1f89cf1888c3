import { expect, test } from 'vitest'
import { splitMessages } from './split-messages.ts'

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0])
const query = Buffer.from([...Buffer.from('Q'), 0, 0, 0, 6, 0x31, 0])
const terminate = Buffer.from([...Buffer.from('X'), 0, 0, 0, 4])
const nothing = Buffer.alloc(0)

test('messages that have arrived whole are split from the rest', () => {
  const received = Buffer.concat([query, query, query.subarray(0, 3)])
  expect(splitMessages(received, false)).toEqual({
    complete: Buffer.concat([query, query]),
    rest: query.subarray(0, 3),
    terminated: false,
  })
})

test('the first message of a connection has no type', () => {
  const received = Buffer.concat([startup, query])
  expect(splitMessages(received, true)).toEqual({ complete: received, rest: nothing, terminated: false })
})

test('however a message is cut, nothing of it is complete before its last byte', () => {
  for (let length = 0; length < startup.length; length++) {
    expect(splitMessages(startup.subarray(0, length), true).complete).toEqual(nothing)
  }
  for (let length = 0; length < query.length; length++) {
    expect(splitMessages(query.subarray(0, length), false).complete).toEqual(nothing)
  }
})

test('what follows the goodbye is dropped', () => {
  const received = Buffer.concat([query, terminate, query])
  expect(splitMessages(received, false)).toEqual({ complete: query, rest: nothing, terminated: true })
})
