import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** The JSON object in the body, whatever content type it came with. */
export function jsonBody(call: Call): Record<string, unknown> {
  if (call.body.length === 0) throw new Refusal(44002, 'empty post data')
  const value = parse(call.body.toString('utf8'))
  if (!isObject(value)) throw new Refusal(47001, 'data format error', 'hint')
  return value
}

/** A text field of the body; empty, missing and of another type are the same. */
export function textField(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
