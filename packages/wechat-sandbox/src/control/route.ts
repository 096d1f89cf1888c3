import type { z } from 'zod'
import type { SandboxControls } from '../sandbox/sandbox.ts'
import { parseInput } from '../state/seeds.ts'
import type { SandboxState } from '../state/state.ts'

export interface ControlDeps {
  readonly controls: SandboxControls
  readonly state: () => SandboxState
  /** WeChat's address in the sandbox, for display. */
  readonly wechatUrl: string
}

/** One call to the control plane, its body already parsed. */
export interface ControlCall<Input> {
  readonly deps: ControlDeps
  /** The values of the `:name` segments of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly input: Input
}

export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** May have parameters: `/_sandbox/people/:name/login-code`. */
  readonly path: string
  /** A description for the list of routes. */
  readonly about: string
  /** Returns the JSON of the response. `input` of the call is the unparsed body. */
  handle(call: ControlCall<unknown>): unknown
}

/** Declares a route; `handle` gets the body as parsed by the schema `input`. */
export function route<Input extends z.ZodType>(definition: {
  readonly on: `${ControlRoute['method']} /_sandbox${string}`
  readonly about: string
  readonly input?: Input
  handle(call: ControlCall<z.output<Input>>): unknown
}): ControlRoute {
  // The template type of `on` guarantees a method and a path.
  const [method, path] = definition.on.split(' ') as [ControlRoute['method'], string]
  return {
    method,
    path,
    about: definition.about,
    handle: ({ deps, params, input }) =>
      definition.handle({
        deps,
        params,
        input: definition.input
          ? parseInput(definition.input, input, 'the body')
          : // Without a schema the type of `input` is unknown, which undefined satisfies.
            (undefined as z.output<Input>),
      }),
  }
}
