/** Gives the way back a name and the keys: Taro draws WeChat's bar for eyes and fingers alone. */
export function nameWayBack(): void {
  const watch = new MutationObserver(() => {
    const back = document.querySelector<HTMLElement>('.taro-navigation-bar-back')
    if (back === null) return
    watch.disconnect()
    back.setAttribute('role', 'button')
    back.setAttribute('aria-label', '返回 Back')
    back.tabIndex = 0
    back.firstElementChild?.setAttribute('aria-hidden', 'true')
    back.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter' || key === ' ') back.click()
    })
  })
  watch.observe(document.body, { childList: true, subtree: true })
}
