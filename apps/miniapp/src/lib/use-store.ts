import { useSyncExternalStore } from 'react'
import type { Observed } from './store.ts'

/** The value of a store; the component renders again when it changes. */
export function useObserved<Value>(observed: Observed<Value>): Value {
  return useSyncExternalStore(observed.watch, observed.get)
}
