import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileTemplates, type TemplateWarning } from './compile-templates.ts'
import type { Dist } from './dist.ts'
import type { Adapter, GlassEasel, GlassElement, GlassEvent, Root } from './framework-types.ts'
import type { Realm } from './realm.ts'

/** One `setData` call of the mini-program. */
export interface SetDataCall {
  /** Path of the page or component: `pages/home/index`. */
  readonly component: string
  /** UTF-8 length of `json`. */
  readonly bytes: number
  readonly json: string
}

/** WeChat's component framework in a realm, with the build's templates. */
export interface Framework {
  readonly glassEasel: GlassEasel
  readonly templateWarnings: readonly TemplateWarning[]
  /** Registers a page and the components that it uses, once. */
  register(component: string): void
  createRoot(page: string): Root
  /** Makes `setData` of an unloaded page do nothing, as on a phone. */
  markUnloaded(page: object): void
}

interface FrameworkListeners {
  readonly onSetData: (call: SetDataCall) => void
  readonly onError: (error: unknown) => void
  readonly onWarning: (message: string) => void
}

export interface FrameworkDeps {
  /** Runs a JavaScript file of the build. */
  readonly load: (module: string) => unknown
  readonly listeners: FrameworkListeners
}

const require = createRequire(import.meta.url)

/** Starts glass-easel and its mini-program adapter in `realm`. */
export function startFramework(realm: Realm, dist: Dist, { load, listeners }: FrameworkDeps): Framework {
  const { bridge, globals } = realm
  // Both packages are CommonJS; framework-types.ts declares the exports that the host uses.
  const glassEasel = evaluatePackage(realm, 'glass-easel', {}) as GlassEasel
  const adapter = evaluatePackage(realm, 'glass-easel-miniprogram-adapter', {
    'glass-easel': glassEasel,
  }) as Adapter
  const unloaded = new WeakSet<object>()
  patchForWeChat(realm, { glassEasel, adapter, listeners, unloaded })

  const env = new adapter.MiniProgramEnv()
  const space = env.createCodeSpace('', true)
  const backend = env.associateBackend(new glassEasel.EmptyBackendContext())

  const { source, warnings } = compileTemplates(dist)
  // The compiler's expression evaluates to one template per path.
  const groupList = realm.evaluate(source, 'templates.js') as Record<string, unknown>
  const registered = new Set<string>()

  function register(component: string) {
    if (registered.has(component)) return
    registered.add(component)
    const config = dist.readConfig(component)
    const usingComponents = { ...dist.app.usingComponents, ...config.usingComponents }
    for (const used of Object.values(usingComponents)) register(dist.resolve(component, used))

    space.addComponentStaticConfig(component, bridge.toRealm({ ...config, usingComponents }))
    const content = groupList[component]
    // Without `fallbackListenerOnNativeNode`, `bindtap="eh"` on a built-in component is only an attribute.
    if (content)
      space.addCompiledTemplate(component, { groupList, content, fallbackListenerOnNativeNode: true })
    space.componentEnv(component, (constructors) => {
      Object.assign(globals, constructors)
      load(component)
    })
    if (!space.getComponentSpace().getComponentByUrlWithoutDefault(component, '')) {
      throw new Error(`${component}.js calls neither Page nor Component: call one of them`)
    }
  }

  return {
    glassEasel,
    templateWarnings: warnings,
    register,
    createRoot: (page) => backend.createRoot('page', space, page),
    markUnloaded: (page) => void unloaded.add(page),
  }
}

function evaluatePackage(realm: Realm, name: string, packages: Record<string, unknown>): unknown {
  const file = require.resolve(name)
  // The expression evaluates to this function.
  const run = realm.evaluate(`(function (require, exports) {${readFileSync(file, 'utf8')}\n})`, file) as (
    require: (name: string) => unknown,
    exports: unknown,
  ) => void
  const exports = realm.bridge.toRealm({})
  run((wanted) => packages[wanted], exports)
  return exports
}

/** Changes glass-easel where WeChat passes other values to a mini-program. */
function patchForWeChat(
  { bridge }: Realm,
  {
    glassEasel,
    adapter,
    listeners,
    unloaded,
  }: {
    glassEasel: GlassEasel
    adapter: Adapter
    listeners: FrameworkListeners
    unloaded: WeakSet<object>
  },
) {
  glassEasel.addGlobalErrorListener((error) => {
    listeners.onError(error)
    return false
  })
  glassEasel.addGlobalWarningListener((message) => {
    listeners.onWarning(message)
    return false
  })

  const caller = adapter.component.ComponentCaller.prototype
  const setData = caller.setData
  caller.setData = bridge.wrap(function (this: { is: string }, data: object, callback?: () => void) {
    const json = JSON.stringify(data)
    if (unloaded.has(this)) return
    listeners.onSetData({ component: this.is, bytes: Buffer.byteLength(json), json })
    // `this` is the component that glass-easel calls the method on.
    setData.call(this as never, bridge.cloneAsJson(data), callback)
  })

  const { Component } = glassEasel
  const getMethod = Component.getMethod
  Component.getMethod = (component, name) => {
    const method = getMethod(component, name)
    return (
      method &&
      function (this: unknown, event: unknown) {
        // Only templates look methods up by name, and they pass the framework's event.
        return method.call(this, bridge.toRealm(toPlainEvent(event as GlassEvent)))
      }
    )
  }
}

function toPlainEvent({
  type,
  timeStamp,
  detail,
  mark,
  target,
  currentTarget,
  extraFields,
}: GlassEvent): object {
  return {
    type,
    timeStamp,
    target: toPlainTarget(target),
    currentTarget: toPlainTarget(currentTarget),
    // glass-easel collects marks in an object.
    mark: { ...(mark as object) },
    detail,
    mut: false,
    ...extraFields,
  }
}

function toPlainTarget({ id, dataset }: GlassElement): object {
  return { id, offsetLeft: 0, offsetTop: 0, dataset: { ...dataset } }
}
