/** What the commands take from the environment; secrets are never taken from the command line. */
export interface DoctorConfig {
  readonly appId: string
  readonly secret: string
  readonly baseUrl: string
}

/** Reads the environment, or tells all that is missing in one sentence. */
export function readDoctorConfig(env: NodeJS.ProcessEnv = process.env): DoctorConfig | { missing: string } {
  const missing = ['WECHAT_APP_ID', 'WECHAT_APP_SECRET'].filter((name) => !env[name])
  if (missing.length > 0) {
    return {
      missing: `Set ${missing.join(' and ')} in the environment; both stand in the mini-program console.`,
    }
  }
  return {
    appId: env.WECHAT_APP_ID ?? '',
    secret: env.WECHAT_APP_SECRET ?? '',
    baseUrl: env.WECHAT_BASE_URL || 'https://api.weixin.qq.com',
  }
}
