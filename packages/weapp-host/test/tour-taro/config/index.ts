import { defineConfig } from '@tarojs/cli'

// biome-ignore lint/style/noDefaultExport: Taro reads the default export.
export default defineConfig<'webpack5'>({
  projectName: 'tour-taro',
  date: '2026-11-20',
  designWidth: 375,
  deviceRatio: { 375: 1 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  framework: 'react',
  plugins: ['@tarojs/plugin-framework-react'],
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: true, stats: false },
  mini: { postcss: { pxtransform: { enable: false, config: {} } } },
})
