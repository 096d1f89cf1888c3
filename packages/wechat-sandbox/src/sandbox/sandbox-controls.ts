import { FaultSeed } from '../state/faults.ts'
import { PersonSeed, parseInput } from '../state/seeds.ts'
import { createSandboxState, type SandboxState, type SandboxStateOptions } from '../state/state.ts'
import { type AppConsole, createAppConsole } from './app-console.ts'
import { createPerson, type Person } from './person.ts'
import type { SandboxControls } from './sandbox.ts'

/** Creates the state and its controls. A reset replaces the state; people and consoles stay valid. */
export function createControls(options: SandboxStateOptions): {
  state: () => SandboxState
  controls: SandboxControls
} {
  let current = createSandboxState(options)
  const state = () => current

  function person(name: string): Person {
    return createPerson(state, current.people.get(name).name)
  }

  function openConsole(appId?: string): AppConsole {
    return createAppConsole(state, current.apps.get(appId))
  }

  const controls: SandboxControls = {
    get app() {
      const { appId, secret } = current.apps.first
      return { appId, secret }
    },
    clock: options.clock,
    person,
    get people() {
      return current.people.all.map(({ name }) => person(name))
    },
    addPerson(input) {
      return person(current.people.add(parseInput(PersonSeed, input, 'the person')).name)
    },
    console: openConsole,
    faults: {
      get active() {
        return current.faults.active
      },
      add: (input) => current.faults.add(parseInput(FaultSeed, input, 'the fault')),
      remove: (id) => current.faults.remove(id),
      clear: () => current.faults.clear(),
    },
    get calls() {
      return current.calls.records
    },
    reset() {
      current = createSandboxState(options)
    },
  }
  return { state, controls }
}
