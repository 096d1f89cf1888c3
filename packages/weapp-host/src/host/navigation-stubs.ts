import { wxApi } from '../runtime/wx-api.ts'
import type { WxStubs } from '../runtime/wx-bridge.ts'
import type { LaunchOptions } from './launch-options.ts'
import type { PageStack } from './page-stack.ts'

/** What the host answers by itself: pages, launch options, the next tick. A test may overrule each. */
export function navigationStubs(stack: () => PageStack, launched: LaunchOptions): WxStubs {
  return {
    navigateTo: ({ url }: { url: string }) => void stack().navigateTo(url),
    redirectTo: ({ url }: { url: string }) => void stack().redirectTo(url),
    reLaunch: ({ url }: { url: string }) => void stack().reLaunch(url),
    switchTab: ({ url }: { url: string }) => void stack().switchTab(url),
    navigateBack: ({ delta = 1 }: { delta?: number }) => stack().navigateBack(delta),
    getLaunchOptionsSync: () => launched,
    getEnterOptionsSync: () => launched,
    nextTick: (callback: () => void) => void setImmediate(callback),
    /** Every API that the typings declare is there, and every component. */
    canIUse: (schema: string) => !/^[a-z]+[A-Z]/.test(schema) || (schema.split('.')[0] ?? '') in wxApi,
  }
}
