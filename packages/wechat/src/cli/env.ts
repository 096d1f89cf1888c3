/** The doctor's settings, all from the environment: a secret on the command line is visible to other processes. */
export interface DoctorConfig {
  readonly appId: string
  readonly secret: string
  readonly baseUrl: string
}

/** Reads the settings, or returns one message that lists every missing variable. */
export function readDoctorConfig(env: NodeJS.ProcessEnv = process.env): DoctorConfig | { missing: string } {
  const { WECHAT_APP_ID: appId = '', WECHAT_APP_SECRET: secret = '', WECHAT_BASE_URL } = env
  const missing = [!appId && 'WECHAT_APP_ID', !secret && 'WECHAT_APP_SECRET'].filter(Boolean)
  if (missing.length > 0) {
    return {
      missing: `Missing in the environment: ${missing.join(' and ')}. Copy the value from the mini-program console.`,
    }
  }
  return { appId, secret, baseUrl: WECHAT_BASE_URL || 'https://api.weixin.qq.com' }
}
