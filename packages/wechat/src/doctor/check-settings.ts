import type { CheckResult } from './check-result.ts'

/** Checks the shape of appid and AppSecret, which reveals swapped or truncated values. */
export function checkSettings({ appId, secret }: { appId: string; secret: string }): readonly CheckResult[] {
  return [
    checkShape({
      check: 'appid shape',
      isValid: /^wx[0-9a-f]{16}$/.test(appId),
      expected: 'an appid is wx and 16 hex digits',
      length: appId.length,
    }),
    checkShape({
      check: 'secret shape',
      isValid: /^[0-9a-f]{32}$/.test(secret),
      expected: 'an AppSecret is 32 hex digits',
      length: secret.length,
    }),
  ]
}

function checkShape(setting: {
  check: string
  isValid: boolean
  expected: string
  length: number
}): CheckResult {
  const { check, isValid, expected, length } = setting
  if (isValid) return { check, status: 'ok', detail: `valid: ${expected}` }
  return {
    check,
    status: 'failed',
    detail: `${expected}; this one has ${length} characters`,
    hint: 'Copy it from the console: Development management, Development settings.',
  }
}
