import Taro from '@tarojs/taro'

export interface ConfirmOptions {
  readonly title: string
  readonly body: string
  /** At most four characters of Chinese, or eight of English: WeChat takes no more. */
  readonly confirmText: string
  readonly cancelText: string
}

/**
 * Asks before something that cannot be taken back, in WeChat's own dialog.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showModal.html
 */
export async function confirm({ title, body, confirmText: yes, cancelText: no }: ConfirmOptions): Promise<boolean> {
  const answer = await Taro.showModal({ title, content: body, confirmText: yes, cancelText: no })
  return answer.confirm
}
