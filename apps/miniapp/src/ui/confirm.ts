import Taro from '@tarojs/taro'

export interface ConfirmOptions {
  readonly title: string
  readonly body: string
  /** At most four Chinese characters or eight Latin letters (WeChat's limit); so is `cancelText`. */
  readonly confirmText: string
  readonly cancelText: string
}

/**
 * Asks for confirmation in WeChat's own dialog.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showModal.html
 */
export async function confirm({ title, body, ...buttons }: ConfirmOptions): Promise<boolean> {
  const { confirm: isConfirmed } = await Taro.showModal({ title, content: body, ...buttons })
  return isConfirmed
}
