/**
 * Makes the back button of Taro's navigation bar accessible.
 *
 * Taro renders it after this module has run, without a role, a label or keyboard support.
 */
export function labelBackButton(): void {
  const observer = new MutationObserver(() => {
    const button = document.querySelector<HTMLElement>('.taro-navigation-bar-back')
    if (button === null) return
    observer.disconnect()
    button.setAttribute('role', 'button')
    button.setAttribute('aria-label', '返回 Back')
    button.tabIndex = 0
    button.firstElementChild?.setAttribute('aria-hidden', 'true')
    button.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter' || key === ' ') button.click()
    })
  })
  observer.observe(document.body, { childList: true, subtree: true })
}
