const secrets: readonly [RegExp, string][] = [
  [/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b/gi, '[hex]'], // phone codes and AppSecrets
  [/(?<![\w/-])o[\w-]{27}(?![\w-])/g, '[openid]'],
  [/\+\d{7,15}\b/g, '[phone]'],
  [/(?<![\d.:T-])1[3-9]\d{9}(?![\d.])/g, '[phone]'],
  [/((?:secret|access_token|js_code)=)[^&\s"]+/gi, '$1[secret]'],
]

/** The last line of defence: blacks out what looks like a secret in a finished log line. */
export function redact(line: string): string {
  return secrets.reduce((text, [pattern, mark]) => text.replace(pattern, mark), line)
}
