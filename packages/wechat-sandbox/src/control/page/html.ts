/** HTML that needs no escaping. */
export interface Html {
  readonly html: string
}

type Value = string | number | Html | readonly Html[] | undefined

/** Template tag: escapes every interpolated value that is not {@link Html}. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const pieces = strings.map((text, index) => text + toHtml(values[index]))
  return { html: pieces.join('') }
}

function toHtml(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  if ('html' in value) return value.html
  return value.map((one) => one.html).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
