import { useSyncExternalStore } from 'react'
import type { Readable } from './store.ts'

/** The value of a store; the component renders again when it changes. */
export function useStore<Value>(observed: Readable<Value>): Value {
  return useSyncExternalStore(observed.subscribe, observed.get)
}
