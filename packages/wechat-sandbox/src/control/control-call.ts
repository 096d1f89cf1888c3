import type { Person } from '../person.ts'
import type { World } from '../world.ts'

/** What the control plane can reach. */
export interface Controls {
  world(): World
  person(name: string): Person
  reset(): void
}

/** One call to the control plane: `params` are the parts of the path that the route leaves open. */
export interface ControlCall {
  readonly controls: Controls
  readonly params: Readonly<Record<string, string>>
  readonly input: unknown
}

/** `path` may leave parts open: `/_sandbox/people/:name/login-code`. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly about: string
  answer(call: ControlCall): unknown
}
