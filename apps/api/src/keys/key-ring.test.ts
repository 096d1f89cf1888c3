import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'

const [oldSecret, newSecret] = [
  'the old secret, long enough for a test',
  'the new secret, long enough for a test',
] as const

test('a sealed text can be opened', () => {
  const keyRing = createKeyRing([oldSecret])
  expect(keyRing.open('kept-answer', keyRing.seal('kept-answer', '家属通'))).toBe('家属通')
})

test('a sealed text cannot be opened for another purpose', () => {
  const keyRing = createKeyRing([oldSecret])
  expect(keyRing.open('address', keyRing.seal('kept-answer', 'x'))).toBeUndefined()
})

test('a sealed text with a changed byte cannot be opened', () => {
  const keyRing = createKeyRing([oldSecret])
  const sealed = keyRing.seal('kept-answer', 'a word')
  for (let index = 0; index < sealed.length; index++) {
    const replacement = sealed[index] === 'A' ? 'B' : 'A'
    const changed = `${sealed.slice(0, index)}${replacement}${sealed.slice(index + 1)}`
    // The last character of the tag may differ only in bits that encode no byte.
    const expected = decode(changed) === decode(sealed) ? 'a word' : undefined
    expect(keyRing.open('kept-answer', changed), changed).toBe(expected)
  }
})

function decode(sealed: string): string {
  const segments = sealed.split('.')
  return segments.map((segment) => Buffer.from(segment, 'base64url').toString('hex')).join('.')
}

test('a rotated key ring opens texts sealed with the old secret until the secret is removed', () => {
  const sealed = createKeyRing([oldSecret]).seal('kept-answer', 'x')
  expect(createKeyRing([newSecret, oldSecret]).open('kept-answer', sealed)).toBe('x')
  expect(createKeyRing([newSecret]).open('kept-answer', sealed)).toBeUndefined()
})

test('each purpose and each secret has its own HMAC', () => {
  const macs = [
    createKeyRing([oldSecret]).mac('address', 'x'),
    createKeyRing([oldSecret]).mac('installation', 'x'),
    createKeyRing([newSecret]).mac('address', 'x'),
  ]
  expect(new Set(macs.map(String)).size).toBe(3)
})

test('a key id does not contain the start of its secret', () => {
  expect(createKeyRing([oldSecret]).currentId).not.toContain(oldSecret.slice(0, 4))
})
