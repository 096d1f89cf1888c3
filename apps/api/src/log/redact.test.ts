import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('redact replaces tokens, phone numbers, openids, codes and secrets', () => {
  const line = JSON.stringify({
    token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_',
    phone: '+8613800138000',
    tail: '电话13800138000。',
    openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
    code: 'a'.repeat(64),
    url: 'https://example.test/?appid=wx1&secret=0123&x=1',
  })
  const redacted = redact(line)
  for (const secret of ['eyJ', '13800138000', 'oGZ', 'aaaa', '0123']) expect(redacted).not.toContain(secret)
})

test('redact keeps times, ids and ordinary words', () => {
  const line = JSON.stringify({
    time: '2026-11-20T13:00:00.000Z',
    ms: 1795180000000,
    requestId: '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e',
    text: 'ordinary-words-in-a-long-sentence',
  })
  expect(redact(line)).toBe(line)
})
