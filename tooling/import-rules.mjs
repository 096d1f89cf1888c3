/**
 * The directions of imports, enforced by oxlint.config.mjs and described in ARCHITECTURE.md.
 *
 * - `layers`: the folders of `src`, highest first. A folder imports from lower layers only; folders in one layer do not
 *   import each other.
 * - `rootFiles`: files directly in `src` that folders may import. All other root files are above every folder.
 * - `packages`: the workspace packages that `src` may import; `testPackages` are added for tests.
 */
export const importRules = {
  'apps/api': {
    layers: [
      ['handlers'],
      ['login'],
      ['stores', 'tokens'],
      ['sessions'],
      ['members'],
      ['audit', 'http'],
      ['request'],
      ['database', 'keyvalue', 'keys'],
      ['log', 'config'],
      ['generated'],
    ],
    packages: ['contracts', 'wechat'],
    testPackages: ['wechat-sandbox'],
  },
  'apps/miniapp': {
    layers: [
      ['pages'],
      ['account', 'login', 'day'],
      ['avatar', 'ui'],
      ['auth'],
      ['api', 'platform'],
      ['i18n'],
      ['errors'],
      ['lib'],
    ],
    rootFiles: ['services-context.ts', 'env.ts'],
    packages: ['contracts', 'trpc-taro'],
    testPackages: [],
  },
  'packages/contracts': { layers: [['schemas']], packages: [], testPackages: [] },
  'packages/wechat': {
    layers: [
      ['cli'],
      ['doctor'],
      ['access-token'],
      ['endpoints'],
      ['push', 'transport'],
      ['payload'],
      ['errors', 'key-value'],
      ['protocol'],
    ],
    packages: [],
    testPackages: ['wechat-sandbox'],
  },
  'packages/wechat-sandbox': {
    layers: [['cli'], ['control'], ['server'], ['sandbox'], ['push'], ['crypto'], ['state'], ['text-check']],
    rootFiles: ['start.ts'],
    packages: [],
    testPackages: [],
  },
  'packages/trpc-taro': { layers: [], packages: [], testPackages: [] },
  'packages/weapp-host': {
    layers: [['gate', 'phone'], ['host'], ['runtime']],
    packages: [],
    testPackages: [],
  },
  'packages/dev-env': {
    layers: [['screenshots'], ['world', 'browser']],
    rootFiles: ['env.ts'],
    packages: ['api', 'miniapp', 'wechat-sandbox'],
    testPackages: ['contracts', 'weapp-host'],
  },
}

/** Returns the folders that a folder of `src` must not import: its own layer's and all higher ones'. */
export function forbiddenFolders(layers, folder) {
  const own = layers.findIndex((layer) => layer.includes(folder))
  return layers
    .slice(0, own + 1)
    .flat()
    .filter((other) => other !== folder)
}
