import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { version } from '../package.json'
import { settings } from './settings.ts'

const app = path.resolve(__dirname, '..')
const standIns = path.join(app, 'h5-stand-ins')

// Taro's Babel sees only `src/`: workspace sources and modern npm packages must be named, or they ship as published.
const modern = /[\\/]node_modules[\\/]@trpc[\\/](client|server)[\\/]/
const compile = { include: [path.resolve(app, '../../packages'), (file: string) => modern.test(file)] }
// `./drawing.svg?raw` is the text of the file.
const raw = { resourceQuery: /raw/, type: 'asset/source' }
const notRaw = { resourceQuery: { not: [/raw/] } }
const resolve = { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } }
// Sizes are points, and type follows the reader's own setting, so nothing is scaled by screen width.
const postcss = { pxtransform: { enable: false, config: {} } }

const smallest = {
  ecma: 2020,
  passes: 2,
  arrows: true,
  collapse_vars: true,
  comparisons: true,
  computed_props: true,
  hoist_props: true,
  inline: true,
  loops: true,
  negate_iife: true,
  properties: true,
  reduce_funcs: true,
  reduce_vars: true,
  switches: true,
  typeofs: true,
}

// Templates do not recurse: each depth of nesting is written out. What lies deeper still costs a component more.
// Taro's types do not know the setting.
const shallow = { baseLevel: 10 }

export default defineConfig<'webpack5'>({
  projectName: 'kinpass',
  date: '2026-11-20',
  designWidth: 375,
  deviceRatio: { 375: 1 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  defineConstants: { APP_VERSION: JSON.stringify(version) },
  plugins: ['@tarojs/plugin-framework-react', path.join(__dirname, 'prune-taro-plugin.ts')],
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  // Taro's own settings are for engines of 2015 and write Chinese as escapes of twice the size.
  terser: {
    enable: true,
    config: { compress: smallest, output: { ecma: 2020, ascii_only: false, comments: false } },
  },
  logger: { quiet: true, stats: false },
  mini: {
    optimizeMainPackage: { enable: true },
    ...shallow,
    runtime: { enableInnerHTML: false },
    compile,
    postcss,
    webpackChain(chain, webpack) {
      chain.merge({
        resolve,
        // Drops the parts of tRPC's client that no link of ours uses.
        module: {
          rule: {
            raw,
            image: notRaw,
            trpcPure: { test: /[\\/]@trpc[\\/]client[\\/]/, sideEffects: false },
          },
        },
      })
      // What the app is made with, and under which licence, stands on its page about itself.
      // (A build that watches is not minimised.)
      if (chain.get('mode') === 'production')
        chain.optimization
          .minimizer('terserPlugin')
          .tap(([options]) => [{ ...options, extractComments: false }])
      // `@trpc/client` needs an AbortController, and WeChat has none.
      chain
        .plugin('wechatGlobals')
        .use(webpack.ProvidePlugin, [
          { AbortController: ['@kinpass/trpc-taro/abort-controller', 'AbortController'] },
        ])
    },
  },
  h5: {
    compile,
    postcss,
    useHtmlComponents: true,
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser' },
    devServer: {
      host: '127.0.0.1',
      port: settings.h5Port,
      open: false,
      // A change reloads the page: refreshing single components would cost two more packages.
      hot: false,
      proxy: [
        { context: ['/trpc'], target: settings.apiUrl },
        { context: ['/_sandbox'], target: settings.sandboxUrl },
      ],
    },
    webpackChain(chain) {
      chain.merge({ resolve, module: { rule: { raw, image: notRaw } } })
      // The browser build speaks to a local WeChat: for the app's own files alone, WeChat's API and its
      // button are the stand-ins of `sandbox/`. A build with this alias is never published.
      chain.module
        .rule('standIns')
        .include.add(path.join(app, 'src'))
        .end()
        .resolve.alias.set('@tarojs/components$', path.join(standIns, 'components.ts'))
        .set('@tarojs/taro', path.join(standIns, 'taro.ts'))
      chain.module.rule('script').include.add(standIns)
    },
  },
})
