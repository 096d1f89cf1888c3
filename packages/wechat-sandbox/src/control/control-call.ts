import type { z } from 'zod'
import type { SandboxControls } from '../sandbox/sandbox.ts'
import { parseInput } from '../state/seeds.ts'
import type { SandboxState } from '../state/state.ts'

/** What the control plane steers. */
export interface ControlDeps {
  readonly controls: SandboxControls
  readonly state: () => SandboxState
  /** Where WeChat itself listens, to be shown. */
  readonly wechatUrl: string
}

/** One call to the control plane, its body already checked. `params` are the open parts of the path. */
export interface ControlCall<Input> {
  readonly deps: ControlDeps
  readonly params: Readonly<Record<string, string>>
  readonly input: Input
}

export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** May leave parts open: `/_sandbox/people/:name/login-code`. */
  readonly path: string
  /** What it does, for the list of routes. */
  readonly about: string
  handle(call: ControlCall<unknown>): unknown
}

/** A route whose body follows a schema. */
export function route<Input extends z.ZodType>(definition: {
  readonly on: `${ControlRoute['method']} /_sandbox${string}`
  readonly about: string
  readonly input?: Input
  answer(call: ControlCall<z.output<Input>>): unknown
}): ControlRoute {
  const [method, path] = definition.on.split(' ') as [ControlRoute['method'], string] // the type of `on` says so
  return {
    method,
    path,
    about: definition.about,
    handle: ({ deps, params, input }) =>
      definition.answer({
        deps,
        params,
        // Without a schema the answer cannot name `input`: its type is unknown.
        input: definition.input
          ? parseInput(definition.input, input, 'the body')
          : (undefined as z.output<Input>),
      }),
  }
}
