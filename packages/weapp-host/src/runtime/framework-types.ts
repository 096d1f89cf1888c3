// The part of glass-easel 0.12 that the host uses. Its own declarations only fit code that is compiled together with it.
// https://github.com/wechat-miniprogram/glass-easel

/** A node of the tree: a text node if it has `textContent`, else an element. */
export interface GlassNode {
  readonly textContent?: string
}

export interface GlassElement extends GlassNode {
  /** The tag of a built-in component, the path of any other. */
  readonly is: string
  /** Only on components that are not built in. */
  readonly tagName?: string
  readonly id: string
  readonly class: string
  /** `null` for virtual nodes: shadow roots, `block`, `wx:if`. */
  readonly classList: object | null
  readonly style: string
  readonly dataset: Readonly<Record<string, unknown>>
  readonly attributes: readonly { readonly name: string; readonly value: unknown }[]
  forEachNonVirtualComposedChild(visit: (node: GlassNode) => void): void
  getComposedParent(): GlassElement | null
  triggerEvent(name: string, detail: unknown, options: object): void
}

export interface GlassComponent extends GlassElement {
  triggerLifetime(name: string, args: readonly unknown[]): void
  triggerPageLifetime(name: string, args: readonly unknown[]): void
}

/** The `this` of a page's functions. */
export interface PageInstance {
  route?: string
  __route__?: string
  options?: object
  [method: string]: unknown
}

export interface GlassEvent {
  readonly type: string
  readonly timeStamp: number
  readonly detail: unknown
  readonly mark: unknown
  readonly target: GlassElement
  readonly currentTarget: GlassElement
  readonly extraFields?: Readonly<Record<string, unknown>>
}

export interface GlassEasel {
  readonly EmptyBackendContext: new () => object
  readonly Event: new (
    name: string,
    detail: unknown,
    options: object,
  ) => { dispatch(target: GlassElement): void }
  readonly Element: {
    pretendAttached(element: GlassElement): void
    pretendDetached(element: GlassElement): void
    isAttached(element: GlassElement): boolean
  }
  readonly Component: {
    getMethod: (component: unknown, name: string) => ((this: unknown, event: unknown) => unknown) | undefined
  }
  addGlobalErrorListener(listener: (error: unknown) => false): void
  addGlobalWarningListener(listener: (message: string) => false): void
}

interface CodeSpace {
  addCompiledTemplate(path: string, template: object): void
  addComponentStaticConfig(path: string, config: unknown): void
  componentEnv(path: string, define: (constructors: Record<string, unknown>) => void): void
  getComponentSpace(): { getComponentByUrlWithoutDefault(path: string, from: string): object | null }
}

export interface Root {
  get(): PageInstance
  getComponent(): GlassComponent
}

export interface Adapter {
  readonly MiniProgramEnv: new () => {
    createCodeSpace(id: string, isMain: boolean): CodeSpace
    associateBackend(context: object): { createRoot(tagName: string, space: CodeSpace, path: string): Root }
  }
  readonly component: {
    readonly ComponentCaller: {
      readonly prototype: { setData: (data: object, callback?: () => void) => void }
    }
  }
}
