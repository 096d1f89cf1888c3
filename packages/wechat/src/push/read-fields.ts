import { XMLParser } from 'fast-xml-parser'
import { WeChatResponseError } from '../errors/errors.ts'

/** The text fields of a message by name; what is nested is left out. */
export type PushFields = ReadonlyMap<string, string>

const MAX_LENGTH = 64 * 1024

/** Reads the body of a push, XML or JSON, whichever the console is set to. */
export function parseFields(body: string): PushFields {
  if (body.length > MAX_LENGTH) throw new WeChatResponseError({ endpoint: 'push', reason: 'too-large' })
  const text = body.trim()
  const root = text.startsWith('<') ? parseXml(text) : parseLenientJson(text)
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw unreadable()
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(root)) {
    if (typeof value === 'string' || typeof value === 'number') fields.set(name.trim(), String(value).trim())
  }
  return fields
}

function parseXml(text: string): unknown {
  // WeChat declares no entities; whoever does wants the parser to blow them up.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unreadable()
  const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true })
  try {
    const root: unknown = parser.parse(text, true)
    return typeof root === 'object' && root !== null && 'xml' in root ? root.xml : undefined
  } catch {
    throw unreadable()
  }
}

/** WeChat's own sample has a comma after the last field, and names that begin with a blank. */
function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(stringOrLastComma, (match) => (match.startsWith('"') ? match : '')))
  } catch {
    throw unreadable()
  }
}

/** A string, closed or not, so that no text makes this run back; or a comma with nothing after it. */
const stringOrLastComma = /"(?:[^"\\]|\\[\s\S]?)*"?|,(?=\s*[}\]])/g

function unreadable(): WeChatResponseError {
  return new WeChatResponseError({ endpoint: 'push', reason: 'shape' })
}
