import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'
import { ariaComponents } from '../src/shims/aria-components.ts'

/**
 * Carries `ariaRole`, `ariaLabel` and `ariaHidden` into WeChat's templates, which Taro's leave out.
 *
 * A template and the running app number attributes alike only if both know all of them, so the same list
 * goes into both.
 */
export default function ariaPlugin(ctx: IPluginContext) {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: TaroPlatformBase) {
      if (platform.platform !== 'weapp') return
      platform.template.mergeComponents(ctx, ariaComponents)
      const runtime = path.resolve(__dirname, '../src/shims/aria-runtime.ts')
      platform.runtimePath = [platform.runtimePath, runtime].flat()
    },
  })
}
