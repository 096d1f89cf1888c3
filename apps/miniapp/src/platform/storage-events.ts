import { isBrowser } from '../env.ts'

declare const window: { addEventListener(type: 'storage', listener: () => void): void }

/** Calls the listener when another browser tab changes the storage. WeChat has no second tab. */
export function onStorageChange(listener: () => void): void {
  if (isBrowser) window.addEventListener('storage', listener)
}
