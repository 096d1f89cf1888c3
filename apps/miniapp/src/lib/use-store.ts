import { useSyncExternalStore } from 'react'
import type { Readable } from './store.ts'

/** Returns the value of a store and renders again when it changes. */
export function useStore<Value>(store: Readable<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get)
}
