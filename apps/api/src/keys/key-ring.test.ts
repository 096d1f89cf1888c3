import { expect, test } from 'vitest'
import { createDataKeys } from './key-ring.ts'

const [old, young] = [
  'the old secret, long enough for a test',
  'the young secret, long enough for a test',
] as const

test('what was sealed opens', () => {
  const keys = createDataKeys([old])
  expect(keys.open('kept-answer', keys.seal('kept-answer', '家属通'))).toBe('家属通')
})

test('what was sealed for one purpose opens for no other', () => {
  const keys = createDataKeys([old])
  expect(keys.open('address', keys.seal('kept-answer', 'x'))).toBeUndefined()
})

test('a changed byte is noticed', () => {
  const keys = createDataKeys([old])
  const sealed = keys.seal('kept-answer', 'a word')
  for (let at = 0; at < sealed.length; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    const opened = keys.open('kept-answer', changed)
    // The last letter of a base64url part may carry bits that no byte has.
    expect([undefined, 'a word']).toContain(opened)
    if (at < 8) expect(opened).toBeUndefined()
  }
})

test('a rotated key still reads what it made', () => {
  const sealed = createDataKeys([old]).seal('kept-answer', 'x')
  expect(createDataKeys([young, old]).open('kept-answer', sealed)).toBe('x')
  expect(createDataKeys([young]).open('kept-answer', sealed)).toBeUndefined()
})

test('each purpose and each secret has its own HMAC', () => {
  const macs = [
    createDataKeys([old]).mac('address', 'x'),
    createDataKeys([old]).mac('installation', 'x'),
    createDataKeys([young]).mac('address', 'x'),
  ]
  expect(new Set(macs.map(String)).size).toBe(3)
})

test('an id tells nothing of its secret', () => {
  expect(createDataKeys([old]).currentId).not.toContain(old.slice(0, 4))
})
