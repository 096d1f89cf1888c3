import path from 'node:path'
import type { Dist } from './dist.ts'
import type { Realm } from './realm.ts'

/**
 * The parameters of the function that WeChat wraps around each file: they shadow what a web page would have. The order is
 * that of the packages WeChat generates.
 */
const parameters =
  'require,module,exports,window,document,frames,self,location,navigator,localStorage,history,Caches,screen,alert,confirm,prompt,XMLHttpRequest,WebSocket,Reporter,webkit,WeixinJSCore'

/** Loads a build's JavaScript as CommonJS; each file runs once. */
export function createModuleLoader(dist: Dist, { kernel, evaluate }: Realm): (module: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>()

  return function load(name) {
    const known = loaded.get(name)
    if (known) return known.exports
    const file = `${name}.js`
    if (!dist.has(file)) throw new Error(`module '${file}' is not defined`)
    const module = kernel.adopt({ exports: {} }) as { exports: unknown }
    loaded.set(name, module)
    const require = kernel.guard((target: string) => load(resolve(name, target)))
    // The expression is that function.
    const run = evaluate(
      `(function (${parameters}) {${dist.read(file)}\n})`,
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
