import { PageContainer } from '@tarojs/components'

/**
 * While mounted, the back button and the back gesture call `onBack` and do not leave the page.
 *
 * WeChat reports them only to an open page container; this one is empty. HarmonyOS leaves the page nevertheless.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/page-container.html
 */
export function InterceptBack({ onBack }: { readonly onBack: () => void }) {
  return <PageContainer show overlay={false} duration={0} customStyle="height:0" onAfterLeave={onBack} />
}
