import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'

const [old, young] = [
  'the old secret, long enough for a test',
  'the young secret, long enough for a test',
] as const

test('what was sealed opens', () => {
  const keys = createKeyRing([old])
  expect(keys.open('kept-answer', keys.seal('kept-answer', '家属通'))).toBe('家属通')
})

test('what was sealed for one purpose opens for no other', () => {
  const keys = createKeyRing([old])
  expect(keys.open('address', keys.seal('kept-answer', 'x'))).toBeUndefined()
})

test('a changed byte is noticed', () => {
  const keys = createKeyRing([old])
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
  const sealed = createKeyRing([old]).seal('kept-answer', 'x')
  expect(createKeyRing([young, old]).open('kept-answer', sealed)).toBe('x')
  expect(createKeyRing([young]).open('kept-answer', sealed)).toBeUndefined()
})

test('each purpose and each secret has its own HMAC', () => {
  const macs = [
    createKeyRing([old]).mac('address', 'x'),
    createKeyRing([old]).mac('installation', 'x'),
    createKeyRing([young]).mac('address', 'x'),
  ]
  expect(new Set(macs.map(String)).size).toBe(3)
})

test('an id tells nothing of its secret', () => {
  expect(createKeyRing([old]).currentId).not.toContain(old.slice(0, 4))
})
