import { wxApi } from '../runtime/wx-api.ts'
import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import type { LaunchOptions } from './launch-options.ts'
import type { PageStack } from './page-stack.ts'

/** Stubs that the host provides: navigation, launch options, the next tick. A test's own stubs take precedence. */
export function createNavigationStubs(stack: () => PageStack, launchOptions: LaunchOptions): WxStubs {
  return {
    navigateTo: ({ url }: { url: string }) => void stack().navigateTo(url),
    redirectTo: ({ url }: { url: string }) => void stack().redirectTo(url),
    reLaunch: ({ url }: { url: string }) => void stack().reLaunch(url),
    switchTab: ({ url }: { url: string }) => void stack().switchTab(url),
    navigateBack: ({ delta = 1 }: { delta?: number }) => stack().navigateBack(delta),
    getLaunchOptionsSync: () => launchOptions,
    getEnterOptionsSync: () => launchOptions,
    nextTick: (callback: () => void) => void setImmediate(callback),
    /** True for every component, and for every API that the typings declare. */
    canIUse: (schema: string) => !/^[a-z]+[A-Z]/.test(schema) || (schema.split('.')[0] ?? '') in wxApi,
  }
}
