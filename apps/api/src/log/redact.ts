const PATTERNS: readonly [RegExp, string][] = [
  [/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b/gi, '[hex]'], // Phone codes and AppSecrets.
  [/(?<![\w/-])o[\w-]{27}(?![\w-])/g, '[openid]'],
  [/\+\d{7,15}\b/g, '[phone]'],
  [/(?<![\d.:T-])1[3-9]\d{9}(?![\d.])/g, '[phone]'],
  [/((?:secret|access_token|js_code)=)[^&\s"]+/gi, '$1[secret]'],
]

/** Replaces everything in a log line that has the format of a secret. */
export function redact(line: string): string {
  return PATTERNS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}
