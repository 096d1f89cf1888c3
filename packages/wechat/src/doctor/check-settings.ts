import type { CheckResult } from './finding.ts'

/** Looks at the shape of the settings, which already tells a swapped or cut one. */
export function checkSettings({ appId, secret }: { appId: string; secret: string }): readonly CheckResult[] {
  const console = 'Copy it from the console: Development management, Development settings.'
  return [
    /^wx[0-9a-f]{16}$/.test(appId)
      ? { check: 'appid shape', status: 'good', detail: 'it looks like an appid' }
      : {
          check: 'appid shape',
          status: 'bad',
          detail: `an appid is wx and 16 hex digits; this one has ${appId.length} characters`,
          hint: console,
        },
    /^[0-9a-f]{32}$/.test(secret)
      ? { check: 'secret shape', status: 'good', detail: 'it looks like an AppSecret' }
      : {
          check: 'secret shape',
          status: 'bad',
          detail: `an AppSecret is 32 hex digits; this one has ${secret.length} characters`,
          hint: console,
        },
  ]
}
