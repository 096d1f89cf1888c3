import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { version } from '../package.json'
import { settings } from './settings.ts'

const app = path.resolve(__dirname, '..')
const standIns = path.join(app, 'h5-stand-ins')

// Taro compiles only `src/` for old engines: workspace sources and modern npm packages must be listed.
const modernPackages = /[\\/]node_modules[\\/]@trpc[\\/](client|server)[\\/]/
const compile = {
  include: [path.resolve(app, '../../packages'), (file: string) => modernPackages.test(file)],
}
// `import svg from './fruit.svg?raw'` imports the text of the file.
const raw = { resourceQuery: /raw/, type: 'asset/source' }
const notRaw = { resourceQuery: { not: [/raw/] } }
const resolve = { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } }
// Sizes are in points and font sizes follow the user's setting: nothing scales with the screen width.
const postcss = { pxtransform: { enable: false, config: {} } }

// Taro's own minifier settings target engines of 2015.
const compress = {
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

// Taro writes out one template per nesting level, because WXML templates do not recurse; elements below the last level
// cost one more component. A spread constant, because Taro's types lack this option.
const templateDepth = { baseLevel: 10 }

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
  terser: {
    enable: true,
    // `ascii_only` would double the size of Chinese text.
    config: { compress, output: { ecma: 2020, ascii_only: false, comments: false } },
  },
  logger: { quiet: true, stats: false },
  mini: {
    optimizeMainPackage: { enable: true },
    ...templateDepth,
    runtime: { enableInnerHTML: false },
    compile,
    postcss,
    webpackChain(chain, webpack) {
      chain.merge({
        resolve,
        // Lets webpack drop the parts of tRPC's client that the app does not import.
        module: {
          rule: {
            raw,
            image: notRaw,
            trpcPure: { test: /[\\/]@trpc[\\/]client[\\/]/, sideEffects: false },
          },
        },
      })
      // No licence files in the package: the About page names the libraries and their licence.
      // Only production builds have the minimizer.
      if (chain.get('mode') === 'production')
        chain.optimization
          .minimizer('terserPlugin')
          .tap(([options]) => [{ ...options, extractComments: false }])
      // `@trpc/client` needs AbortController, which WeChat does not have.
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
      // A change reloads the page: hot reloading needs two more packages.
      hot: false,
      proxy: [
        { context: ['/trpc'], target: settings.apiUrl },
        { context: ['/_sandbox'], target: settings.sandboxUrl },
      ],
    },
    webpackChain(chain) {
      chain.merge({ resolve, module: { rule: { raw, image: notRaw } } })
      // The browser build uses the WeChat sandbox: in `src/`, WeChat's API and components resolve to the stand-ins of
      // `h5-stand-ins/`. A build with this alias must not be published.
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
