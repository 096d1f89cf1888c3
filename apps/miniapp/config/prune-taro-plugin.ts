import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'
import { components } from './components.ts'
import loader from './prune-taro-loader.cjs'

type ComponentTable = Record<string, Record<string, string>>

/**
 * Removes the parts of Taro that the WeChat build does not use, and adds ARIA attributes.
 *
 * Removed are the components that are not in `components.ts` and unused parts of the runtime. Templates and runtime
 * number components and attributes by their place in one table, so both get the same table.
 */
export default function pruneTaro(ctx: IPluginContext) {
  let table: ComponentTable = {}
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: TaroPlatformBase) {
      if (platform.platform !== 'weapp') return
      platform.template.mergeComponents(ctx, components)
      table = platform.template.internalComponents
      for (const name of Object.keys(table)) if (!(name in components)) delete table[name]
    },
  })
  ctx.onBuildComplete(() => {
    if (process.env.TARO_ENV === 'weapp') loader.assertAllApplied()
  })
  ctx.modifyWebpackChain(({ chain }) => {
    if (process.env.TARO_ENV !== 'weapp') return
    chain.module
      .rule('pruneTaro')
      .test(/[\\/]@tarojs[\\/](taro|shared|plugin-platform-weapp)[\\/]/)
      .use('pruneTaro')
      .loader(path.join(__dirname, 'prune-taro-loader.cjs'))
      .options({ components: () => withoutEvents(table) })
  })
}

/** Only the templates read event names and default values. */
function withoutEvents(table: ComponentTable): ComponentTable {
  const entries = Object.entries(table).map(([name, attributes]) => {
    const names = Object.keys(attributes).filter((key) => !key.startsWith('bind'))
    return [name, Object.fromEntries(names.map((key) => [key, '']))]
  })
  return Object.fromEntries(entries)
}
