import type { Finding } from './finding.ts'

/** Looks at the shape of the settings, which already tells a swapped or cut one. */
export function checkSettings({ appId, secret }: { appId: string; secret: string }): readonly Finding[] {
  const console = 'Copy it from the console: Development management, Development settings.'
  return [
    /^wx[0-9a-f]{16}$/.test(appId)
      ? { subject: 'appid shape', verdict: 'good', finding: 'it looks like an appid' }
      : {
          subject: 'appid shape',
          verdict: 'bad',
          finding: `an appid is wx and 16 hex digits; this one has ${appId.length} characters`,
          mend: console,
        },
    /^[0-9a-f]{32}$/.test(secret)
      ? { subject: 'secret shape', verdict: 'good', finding: 'it looks like an AppSecret' }
      : {
          subject: 'secret shape',
          verdict: 'bad',
          finding: `an AppSecret is 32 hex digits; this one has ${secret.length} characters`,
          mend: console,
        },
  ]
}
