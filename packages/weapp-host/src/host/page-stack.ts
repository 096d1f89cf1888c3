import type { Dist } from '../runtime/dist.ts'
import type { Framework } from '../runtime/framework.ts'
import type { GlassComponent, PageInstance } from '../runtime/framework-types.ts'
import { WxError } from '../runtime/wx-error.ts'

/** A page on the page stack. */
export interface OpenPage {
  /** `pages/home/index`. */
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  readonly instance: PageInstance
  readonly component: GlassComponent
}

/** WeChat's page stack: at most ten pages, a tab page only at the bottom. */
export interface PageStack {
  readonly pages: readonly OpenPage[]
  navigateTo(url: string): OpenPage
  redirectTo(url: string): OpenPage
  reLaunch(url: string): OpenPage
  switchTab(url: string): OpenPage
  navigateBack(delta: number): void
  show(): void
  hide(): void
  close(): void
}

export interface PageStackDeps {
  readonly dist: Dist
  readonly framework: Framework
  /** Calls a function of the page, if it exists. */
  readonly callMethod: (instance: PageInstance, method: string, ...args: readonly unknown[]) => unknown
}

const MAX_PAGES = 10

export function createPageStack({ dist, framework, callMethod }: PageStackDeps): PageStack {
  const { Element } = framework.glassEasel
  const pages: OpenPage[] = []
  const hiddenTabs = new Map<string, OpenPage>()

  function open(api: string, url: string): OpenPage {
    const { route, query } = parseUrl(api, url)
    framework.register(route)
    const root = framework.createRoot(route)
    const page = { route, query, instance: root.get(), component: root.getComponent() }
    Object.assign(page.instance, { route, __route__: route, options: query })
    pages.push(page)
    Element.pretendAttached(page.component)
    callMethod(page.instance, 'onLoad', query)
    showTop()
    page.component.triggerLifetime('ready', [])
    setImmediate(() => callMethod(page.instance, 'onReady'))
    return page
  }

  function parseUrl(api: string, url: string) {
    const [address = '', search = ''] = url.split('?', 2)
    const top = pages.at(-1)?.route ?? ''
    const route = new URL(address, `weapp:///${top}`).pathname.slice(1)
    if (!dist.pages.includes(route))
      throw new WxError(`${api}:fail page "${route}${search && `?${search}`}" is not found`)
    const query = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((part) => splitAt(part, '=')),
    )
    return { route, query }
  }

  function assertNotTab(api: string, url: string) {
    if (dist.tabs.includes(parseUrl(api, url).route))
      throw new WxError(`${api}:fail can not ${api} a tabbar page`)
  }

  function showTop() {
    const top = pages.at(-1)
    if (!top) return
    callMethod(top.instance, 'onShow')
    top.component.triggerPageLifetime('show', [])
  }
  function hideTop() {
    const top = pages.at(-1)
    if (!top) return
    callMethod(top.instance, 'onHide')
    top.component.triggerPageLifetime('hide', [])
  }

  /** Removes the top page. A tab page is kept for the next `switchTab`, any other page is unloaded. */
  function popPage() {
    const page = pages.pop()
    if (!page) return
    if (dist.tabs.includes(page.route)) hiddenTabs.set(page.route, page)
    else unload(page)
  }
  function unload(page: OpenPage) {
    callMethod(page.instance, 'onUnload')
    Element.pretendDetached(page.component)
    framework.markUnloaded(page.instance)
  }
  function closeAll() {
    for (let page = pages.pop(); page; page = pages.pop()) unload(page)
    for (const tab of hiddenTabs.values()) unload(tab)
    hiddenTabs.clear()
  }

  return {
    pages,
    navigateTo(url) {
      assertNotTab('navigateTo', url)
      if (pages.length >= MAX_PAGES) throw new WxError('navigateTo:fail webview count limit exceed')
      hideTop()
      return open('navigateTo', url)
    },
    redirectTo(url) {
      assertNotTab('redirectTo', url)
      popPage()
      return open('redirectTo', url)
    },
    reLaunch(url) {
      parseUrl('reLaunch', url)
      closeAll()
      return open('reLaunch', url)
    },
    switchTab(url) {
      const { route } = parseUrl('switchTab', url)
      if (!dist.tabs.includes(route)) throw new WxError('switchTab:fail can not switch to no-tabBar page')
      hideTop()
      while (pages.length > 0) popPage()
      const tab = hiddenTabs.get(route)
      if (!tab) return open('switchTab', url)
      hiddenTabs.delete(route)
      pages.push(tab)
      showTop()
      return tab
    },
    navigateBack(delta) {
      if (pages.length <= 1) throw new WxError('navigateBack:fail cannot navigate back at first page.')
      const steps = Math.min(delta, pages.length - 1)
      for (let step = 0; step < steps; step++) popPage()
      showTop()
    },
    show: showTop,
    hide: hideTop,
    close: closeAll,
  }
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
