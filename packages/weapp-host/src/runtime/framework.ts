import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileTemplates, type TemplateWarning } from './compile-templates.ts'
import type { Dist } from './dist.ts'
import type { Adapter, GlassEasel, GlassElement, GlassEvent, Root } from './framework-types.ts'
import type { Realm } from './realm.ts'

/** One `setData` of the mini-program, as it would cross the bridge to the view. */
export interface SetDataCall {
  /** The page or component: `pages/home/index`. */
  readonly component: string
  /** UTF-8 length of the JSON. */
  readonly bytes: number
  readonly json: string
}

/** WeChat's component framework inside a realm, with the build's templates. */
export interface Framework {
  readonly glassEasel: GlassEasel
  readonly templateWarnings: readonly TemplateWarning[]
  /** Registers a page, and what it uses, if that has not been done. */
  register(component: string): void
  createRoot(page: string): Root
  /** The page is unloaded: its setData changes nothing any more, and is no error. */
  forget(page: object): void
}

interface FrameworkListeners {
  readonly setDataCalled: (call: SetDataCall) => void
  readonly errorThrown: (error: unknown) => void
  readonly warned: (message: string) => void
}

export interface FrameworkTools {
  /** Runs a file of the build. */
  readonly load: (module: string) => unknown
  readonly listeners: FrameworkListeners
}

const require = createRequire(import.meta.url)

/** Starts glass-easel and its mini-program adapter inside `realm`. */
export function startFramework(realm: Realm, dist: Dist, { load, listeners }: FrameworkTools): Framework {
  const { kernel, globals } = realm
  // Both packages are CommonJS; the host relies on the parts that framework-types.ts lists.
  const glassEasel = evaluatePackage(realm, 'glass-easel', {}) as GlassEasel
  const adapter = evaluatePackage(realm, 'glass-easel-miniprogram-adapter', {
    'glass-easel': glassEasel,
  }) as Adapter
  const unloaded = new WeakSet<object>()
  speakLikeWeChat(realm, { glassEasel, adapter, listeners, unloaded })

  const env = new adapter.MiniProgramEnv()
  const space = env.createCodeSpace('', true)
  const backend = env.associateBackend(new glassEasel.EmptyBackendContext())

  const { source, warnings } = compileTemplates(dist)
  const groupList = realm.evaluate(source, 'templates.js') as Record<string, unknown>
  const registered = new Set<string>()

  function register(component: string) {
    if (registered.has(component)) return
    registered.add(component)
    const config = dist.configOf(component)
    const usingComponents = { ...dist.app.usingComponents, ...config.usingComponents }
    for (const used of Object.values(usingComponents)) register(dist.resolve(component, used))

    space.addComponentStaticConfig(component, kernel.adopt({ ...config, usingComponents }))
    const content = groupList[component]
    // Without the last, `bindtap="eh"` on a built-in component is an attribute and no event arrives.
    if (content)
      space.addCompiledTemplate(component, { groupList, content, fallbackListenerOnNativeNode: true })
    space.componentEnv(component, (constructors) => {
      Object.assign(globals, constructors)
      load(component)
    })
    if (!space.getComponentSpace().getComponentByUrlWithoutDefault(component, '')) {
      throw new Error(`${component}.js calls neither Page nor Component`)
    }
  }

  return {
    glassEasel,
    templateWarnings: warnings,
    register,
    createRoot: (page) => backend.createRoot('page', space, page),
    forget: (page) => void unloaded.add(page),
  }
}

function evaluatePackage(realm: Realm, name: string, packages: Record<string, unknown>): unknown {
  const file = require.resolve(name)
  const run = realm.evaluate(`(function (require, exports) {${readFileSync(file, 'utf8')}\n})`, file) as (
    require: (name: string) => unknown,
    exports: unknown,
  ) => void
  const exports = realm.kernel.adopt({})
  run((wanted) => packages[wanted], exports)
  return exports
}

/** Where glass-easel alone would differ from what WeChat hands to a mini-program. */
function speakLikeWeChat(
  { kernel }: Realm,
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
    listeners.errorThrown(error)
    return false
  })
  glassEasel.addGlobalWarningListener((message) => {
    listeners.warned(message)
    return false
  })

  const caller = adapter.component.ComponentCaller.prototype
  const setData = caller.setData
  caller.setData = kernel.guard(function (this: { is: string }, data: object, callback?: () => void) {
    const json = JSON.stringify(data)
    if (unloaded.has(this)) return
    listeners.setDataCalled({ component: this.is, bytes: Buffer.byteLength(json), json })
    setData.call(this as never, kernel.throughJson(data), callback)
  })

  const { Component } = glassEasel
  const getMethod = Component.getMethod
  Component.getMethod = (component, name) => {
    const method = getMethod(component, name)
    return (
      method &&
      function (this: unknown, event: unknown) {
        // Only templates ask for methods by name, and they pass the framework's own event.
        return method.call(this, kernel.adopt(plainEvent(event as GlassEvent)))
      }
    )
  }
}

function plainEvent({
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
    target: plainTarget(target),
    currentTarget: plainTarget(currentTarget),
    mark: { ...(mark as object) },
    detail,
    mut: false,
    ...extraFields,
  }
}

function plainTarget({ id, dataset }: GlassElement): object {
  return { id, offsetLeft: 0, offsetTop: 0, dataset: { ...dataset } }
}
