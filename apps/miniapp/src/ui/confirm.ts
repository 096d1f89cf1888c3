import Taro from '@tarojs/taro'

export interface Question {
  readonly title: string
  readonly body: string
  /** At most four characters of Chinese, or eight of English: WeChat takes no more. */
  readonly yes: string
  readonly no: string
}

/**
 * Asks before something that cannot be taken back, in WeChat's own dialog.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showModal.html
 */
export async function confirm({ title, body, yes, no }: Question): Promise<boolean> {
  const answer = await Taro.showModal({ title, content: body, confirmText: yes, cancelText: no })
  return answer.confirm
}
