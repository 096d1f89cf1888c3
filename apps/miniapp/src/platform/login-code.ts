import Taro from '@tarojs/taro'
import { NoLoginCodeError } from '../errors/app-error.ts'

const TIMEOUT_MS = 10_000

/**
 * Fetches a login code with `wx.login`. It works once, for 5 minutes.
 *
 * @throws {NoLoginCodeError} when WeChat gives none
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export async function fetchLoginCode(): Promise<string> {
  const { code } = await Taro.login({ timeout: TIMEOUT_MS }).catch((cause: unknown) => {
    throw new NoLoginCodeError('wx.login failed', { cause })
  })
  // Some platforms succeed without a code.
  if (!code) throw new NoLoginCodeError('wx.login returned no code')
  return code
}
