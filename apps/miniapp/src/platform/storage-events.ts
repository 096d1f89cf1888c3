import { isBrowser } from '../env.ts'

declare const window: { addEventListener(type: 'storage', deed: () => void): void }

/** Hears in a browser of what another tab keeps; WeChat has no second tab. */
export function onStorageChange(deed: () => void): void {
  if (isBrowser) window.addEventListener('storage', deed)
}
