import { PageContainer } from '@tarojs/components'

/**
 * While it stands, going back (Android's key, a swipe from the edge) calls `onBack` and leaves the page where it is.
 *
 * WeChat knows one way to hear of it: an open page container. This one shows nothing. HarmonyOS goes back all the same.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/page-container.html
 */
export function InterceptBack({ onBack }: { readonly onBack: () => void }) {
  return <PageContainer show overlay={false} duration={0} customStyle="height:0" onAfterLeave={onBack} />
}
