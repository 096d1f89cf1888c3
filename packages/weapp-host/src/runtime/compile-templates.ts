import { TmplGroup } from 'glass-easel-template-compiler'
import type { Dist } from './dist.ts'

/** A fault of a template, in the compiler's words. */
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

/** Compiles every .wxml and .wxs of a build with WeChat's own compiler into one expression of JavaScript. */
export function compileTemplates(dist: Dist): {
  readonly source: string
  readonly warnings: TemplateWarning[]
} {
  const group = new TmplGroup()
  try {
    for (const file of dist.files('.wxs')) group.addScript(withoutExtension(file), dist.read(file))
    const warnings = dist.files('.wxml').flatMap((file) => {
      // The compiler's declaration says `any`; its documentation says a list of warnings.
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
