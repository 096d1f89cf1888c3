import path from 'node:path'
import type { Dist } from './dist.ts'
import type { Realm } from './realm.ts'

/**
 * Parameters of the function that WeChat wraps around each file, in WeChat's order.
 *
 * The browser globals among them are undefined, as on a phone.
 */
const MODULE_PARAMETERS =
  'require,module,exports,window,document,frames,self,location,navigator,localStorage,history,Caches,screen,alert,confirm,prompt,XMLHttpRequest,WebSocket,Reporter,webkit,WeixinJSCore'

/** Returns a function that loads the build's JavaScript as CommonJS; each file runs once. */
export function createModuleLoader(dist: Dist, { bridge, evaluate }: Realm): (module: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>()

  return function load(name) {
    const known = loaded.get(name)
    if (known) return known.exports
    const file = `${name}.js`
    if (!dist.has(file)) throw new Error(`module '${file}' is not defined`)
    // `toRealm` returns a copy with the same properties.
    const module = bridge.toRealm({ exports: {} }) as { exports: unknown }
    loaded.set(name, module)
    const require = bridge.wrap((target: string) => load(resolve(name, target)))
    // The expression evaluates to this function.
    const run = evaluate(
      `(function (${MODULE_PARAMETERS}) {${dist.read(file)}\n})`,
      path.join(dist.folder, file),
    ) as (...args: unknown[]) => void
    run(require, module, module.exports)
    return module.exports
  }
}

function resolve(from: string, target: string): string {
  const joined = target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(from), target)
  return joined.replace(/\.js$/, '')
}
