import { TmplGroup } from 'glass-easel-template-compiler'
import type { Dist } from './dist.ts'

/** A warning of WeChat's template compiler; `message` is the compiler's. */
export interface TemplateWarning {
  readonly file: string
  readonly message: string
  /** Counted from 1. */
  readonly line: number
}

interface CompilerWarning {
  readonly message: string
  readonly startLine: number
}

/** Compiles all .wxml and .wxs files of a build with WeChat's compiler into one JavaScript expression. */
export function compileTemplates(dist: Dist): {
  readonly source: string
  readonly warnings: TemplateWarning[]
} {
  const group = new TmplGroup()
  try {
    for (const file of dist.listFiles('.wxs')) group.addScript(withoutExtension(file), dist.read(file))
    const warnings = dist.listFiles('.wxml').flatMap((file) => {
      // The compiler's typings declare `any`; its documentation declares a list of warnings.
      const found = group.addTmpl(withoutExtension(file), dist.read(file)) as CompilerWarning[]
      return found.map(({ message, startLine }) => ({ file, message, line: startLine }))
    })
    return { source: group.getTmplGenObjectGroups(), warnings }
  } finally {
    group.free()
  }
}

function withoutExtension(file: string): string {
  return file.replace(/\.\w+$/, '')
}
