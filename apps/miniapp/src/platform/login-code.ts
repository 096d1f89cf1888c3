import Taro from '@tarojs/taro'
import { NoLoginCode } from '../errors/login-code-error.ts'

const timeoutMs = 10_000

/**
 * A code of `wx.login`: good once, for five minutes.
 *
 * @throws {NoLoginCode} when WeChat gives none
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export async function fetchLoginCode(): Promise<string> {
  const { code } = await Taro.login({ timeout: timeoutMs }).catch((cause: unknown) => {
    throw new NoLoginCode('wx.login failed', { cause })
  })
  // Some platforms succeed without a code.
  if (!code) throw new NoLoginCode('wx.login gave no code')
  return code
}
