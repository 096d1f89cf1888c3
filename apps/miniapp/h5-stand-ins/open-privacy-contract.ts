import { openBottomSheet } from './bottom-sheet.ts'

/** `Taro.openPrivacyContract`: shows a placeholder for the guide filed in WeChat's console. */
export function openPrivacyContract(option: { success?(): void; complete?(): void } = {}) {
  const { sheet, close } = openBottomSheet({
    label: '家属通 隐私保护指引',
    html: `
    <h2>家属通 隐私保护指引</h2>
    <p>这里是本地微信的样张。真正的指引由小程序在微信后台填写，微信在这里打开它。</p>
    <p>This is a specimen. The real guide is filed in WeChat’s console, and WeChat opens it here.</p>
    <button class="lw-allow" type="button">知道了 OK</button>`,
  })
  sheet.querySelector('button')?.addEventListener('click', close)
  option.success?.()
  option.complete?.()
}
