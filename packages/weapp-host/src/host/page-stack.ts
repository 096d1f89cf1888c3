import type { Dist } from '../runtime/dist.ts'
import type { Framework } from '../runtime/framework.ts'
import type { GlassComponent, PageInstance } from '../runtime/framework-types.ts'
import { WxFailure } from '../runtime/wx-error.ts'

/** A page that is open. */
export interface OpenPage {
  /** `pages/home/index`. */
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  readonly instance: PageInstance
  readonly component: GlassComponent
}

/** WeChat's page stack: at most ten pages, tab pages at its bottom. */
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

export interface PageStackTools {
  readonly dist: Dist
  readonly framework: Framework
  /** Calls a function of the mini-program if it is one. */
  readonly run: (instance: PageInstance, method: string, ...args: readonly unknown[]) => unknown
}

const limit = 10

export function createPageStack({ dist, framework, run }: PageStackTools): PageStack {
  const { Element } = framework.glassEasel
  const pages: OpenPage[] = []
  const tabs = new Map<string, OpenPage>()

  function open(api: string, url: string): OpenPage {
    const { route, query } = locate(api, url)
    framework.register(route)
    const root = framework.createRoot(route)
    const page = { route, query, instance: root.get(), component: root.getComponent() }
    Object.assign(page.instance, { route, __route__: route, options: query })
    pages.push(page)
    Element.pretendAttached(page.component)
    run(page.instance, 'onLoad', query)
    showTop()
    page.component.triggerLifetime('ready', [])
    setImmediate(() => run(page.instance, 'onReady'))
    return page
  }

  function locate(api: string, url: string) {
    const [address = '', search = ''] = url.split('?', 2)
    const top = pages.at(-1)?.route ?? ''
    const route = new URL(address, `weapp:///${top}`).pathname.slice(1)
    if (!dist.pages.includes(route))
      throw new WxFailure(`${api}:fail page "${route}${search && `?${search}`}" is not found`)
    const query = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((part) => splitAt(part, '=')),
    )
    return { route, query }
  }

  function refuseTab(api: string, url: string) {
    if (dist.tabs.includes(locate(api, url).route))
      throw new WxFailure(`${api}:fail can not ${api} a tabbar page`)
  }

  function showTop() {
    const top = pages.at(-1)
    if (!top) return
    run(top.instance, 'onShow')
    top.component.triggerPageLifetime('show', [])
  }
  function hideTop() {
    const top = pages.at(-1)
    if (!top) return
    run(top.instance, 'onHide')
    top.component.triggerPageLifetime('hide', [])
  }

  /** Takes the top page away; a tab page sleeps, unless `forGood`. */
  function leave(forGood: boolean) {
    const page = pages.pop()
    if (!page) return
    if (!forGood && dist.tabs.includes(page.route)) tabs.set(page.route, page)
    else unload(page)
  }
  function unload(page: OpenPage) {
    run(page.instance, 'onUnload')
    Element.pretendDetached(page.component)
    framework.forget(page.instance)
  }
  function leaveAll() {
    while (pages.length > 0) leave(true)
    for (const tab of tabs.values()) unload(tab)
    tabs.clear()
  }

  return {
    pages,
    navigateTo(url) {
      refuseTab('navigateTo', url)
      if (pages.length >= limit) throw new WxFailure('navigateTo:fail webview count limit exceed')
      hideTop()
      return open('navigateTo', url)
    },
    redirectTo(url) {
      refuseTab('redirectTo', url)
      leave(false)
      return open('redirectTo', url)
    },
    reLaunch(url) {
      locate('reLaunch', url)
      leaveAll()
      return open('reLaunch', url)
    },
    switchTab(url) {
      const { route } = locate('switchTab', url)
      if (!dist.tabs.includes(route)) throw new WxFailure('switchTab:fail can not switch to no-tabBar page')
      hideTop()
      while (pages.length > 0) leave(false)
      const sleeping = tabs.get(route)
      if (!sleeping) return open('switchTab', url)
      tabs.delete(route)
      pages.push(sleeping)
      showTop()
      return sleeping
    },
    navigateBack(delta) {
      if (pages.length <= 1) throw new WxFailure('navigateBack:fail cannot navigate back at first page.')
      const steps = Math.min(delta, pages.length - 1)
      for (let step = 0; step < steps; step++) leave(false)
      showTop()
    },
    show: showTop,
    hide: hideTop,
    close: leaveAll,
  }
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
