import type { WeChatCall } from './call.ts'
import { errcodeError } from './errcode-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The JSON object in the body, whatever its content type. Anything else, such as a form, is 47001. */
export function jsonBody(call: WeChatCall): JsonObject {
  if (call.body.length === 0) throw errcodeError(call, 44002)
  const value = parse(call.body)
  if (value === undefined) throw errcodeError(call, 47001)
  return value
}

/** The JSON object in the body; empty when the body is anything else. */
export function optionalJsonBody(call: WeChatCall): JsonObject {
  return parse(call.body) ?? {}
}

/** A text field of the body. An empty text or another type is treated as missing. */
export function textField(body: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

function parse(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as JsonObject) : undefined // Any JSON object has this type.
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
