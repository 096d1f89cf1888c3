import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'
import { components } from './components.ts'
import loader from './prune-taro-loader.cjs'

type Table = Record<string, Record<string, string>>

/**
 * A plugin that leaves out what Taro brings for others: the components of WeChat that no screen has, and the parts
 * of its runtime that nothing asks for. Of the components that stay, it teaches Taro what screen readers need.
 *
 * A template and the running app number components and attributes alike only if both know all of them, so the
 * table that the templates are built from goes into the app as well.
 */
export default function leaveOut(ctx: IPluginContext) {
  let table: Table = {}
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
    if (process.env.TARO_ENV === 'weapp') loader.checkAll()
  })
  ctx.modifyWebpackChain(({ chain }) => {
    if (process.env.TARO_ENV !== 'weapp') return
    chain.module
      .rule('leaveOut')
      .test(/[\\/]@tarojs[\\/](taro|shared|plugin-platform-weapp)[\\/]/)
      .use('leaveOut')
      .loader(path.join(__dirname, 'prune-taro-loader.cjs'))
      .options({ components: () => withoutEvents(table) })
  })
}

/** Names of events are the templates' business alone. */
function withoutEvents(table: Table): Table {
  const entries = Object.entries(table).map(([name, attributes]) => {
    const kept = Object.keys(attributes).filter((key) => !key.startsWith('bind'))
    return [name, Object.fromEntries(kept.map((key) => [key, '']))]
  })
  return Object.fromEntries(entries)
}
