import { XMLParser } from 'fast-xml-parser'
import { WeChatResponseError } from '../errors/errors.ts'

/** The top-level text and number fields of a message, by name; nested fields are omitted. */
export type PushFields = ReadonlyMap<string, string>

/** In UTF-16 code units. */
const MAX_BODY_LENGTH = 64 * 1024

/** Parses the body of a push; the console's setting decides whether it is XML or JSON. */
export function parseFields(body: string): PushFields {
  if (body.length > MAX_BODY_LENGTH) throw new WeChatResponseError({ endpoint: 'push', reason: 'too-large' })
  const text = body.trim()
  const root = text.startsWith('<') ? parseXml(text) : parseLenientJson(text)
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw shapeError()
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(root)) {
    if (typeof value === 'string' || typeof value === 'number') fields.set(name.trim(), String(value).trim())
  }
  return fields
}

function parseXml(text: string): unknown {
  // WeChat declares no entities. Rejecting them prevents entity-expansion attacks.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw shapeError()
  const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true })
  try {
    const root: unknown = parser.parse(text, true)
    return typeof root === 'object' && root !== null && 'xml' in root ? root.xml : undefined
  } catch {
    throw shapeError()
  }
}

/** Accepts trailing commas: WeChat's own sample has one, and field names that start with a space. */
function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(STRING_OR_TRAILING_COMMA, (match) => (match.startsWith('"') ? match : '')))
  } catch {
    throw shapeError()
  }
}

/** Matches strings too, so that commas in them stay; an unclosed string matches, which prevents backtracking. */
const STRING_OR_TRAILING_COMMA = /"(?:[^"\\]|\\[\s\S]?)*"?|,(?=\s*[}\]])/g

function shapeError(): WeChatResponseError {
  return new WeChatResponseError({ endpoint: 'push', reason: 'shape' })
}
