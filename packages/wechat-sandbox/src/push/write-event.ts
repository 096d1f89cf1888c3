import type { PushEvent } from './event.ts'

/** `<xml>`, text in CDATA, numbers bare. */
export function toXml(event: PushEvent): string {
  const fields = Object.entries(event).map(([name, value]) => `<${name}>${toXmlText(value)}</${name}>`)
  return ['<xml>', ...fields, '</xml>'].join('\n')
}

export function toJson(event: PushEvent): string {
  return JSON.stringify(event)
}

/** JSON as the official sample has it: three keys begin with a blank, and a comma stands before the last brace. */
export function toSloppyJson(event: PushEvent): string {
  const fields = Object.entries(event).map(([name, value]) => {
    const key = SLOPPY.has(name) ? ` ${name}` : name
    return `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`
  })
  return `{\n${fields.join('')}}`
}

const SLOPPY = new Set(['OpenID', 'AppID', 'RevokeInfo'])

function toXmlText(value: string | number): string {
  if (typeof value === 'number') return String(value)
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
