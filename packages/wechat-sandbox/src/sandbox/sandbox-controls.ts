import { FaultSeed } from '../state/faults.ts'
import { PersonSeed, parseSeed } from '../state/seeds.ts'
import { createWorld, type World, type WorldSeed } from '../state/state.ts'
import { type AppConsole, createAppConsole } from './app-console.ts'
import { createPerson, type Person } from './person.ts'
import type { Steerable } from './sandbox.ts'

/** A world and everything that can be done to it; a reset replaces the world and leaves the handles valid. */
export function createSteerable(seed: WorldSeed): { world: () => World; steerable: Steerable } {
  let current = createWorld(seed)
  const world = () => current

  function person(name: string): Person {
    return createPerson(world, current.people.pick(name).name)
  }

  function openConsole(appId?: string): AppConsole {
    return createAppConsole(world, current.apps.pick(appId))
  }

  const steerable: Steerable = {
    get app() {
      const { appId, secret } = current.apps.first
      return { appId, secret }
    },
    clock: seed.clock,
    person,
    get people() {
      return current.people.all.map(({ name }) => person(name))
    },
    addPerson(input) {
      return person(current.people.add(parseSeed(PersonSeed, input, 'a person')).name)
    },
    console: openConsole,
    faults: {
      get active() {
        return current.faults.active
      },
      add: (input) => current.faults.add(parseSeed(FaultSeed, input, 'a fault')),
      remove: (id) => current.faults.remove(id),
      clear: () => current.faults.clear(),
    },
    get calls() {
      return current.calls.records
    },
    reset() {
      current = createWorld(seed)
    },
  }
  return { world, steerable }
}
