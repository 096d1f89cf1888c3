import type { WxStubs } from '../runtime/wx-bridge.ts'
import { WxFailure } from '../runtime/wx-error.ts'

/** `wx.setStorage` and its kin, in memory. */
export interface Storage {
  readonly wx: WxStubs
  /** What is kept; set or delete to begin with something, or to spoil it. */
  readonly entries: Map<string, unknown>
  /** Nothing more can be written. */
  isFull: boolean
  /** Nothing can be read or written. */
  isBroken: boolean
}

const bytesPerEntry = 1024 * 1024
const bytesInAll = 10 * 1024 * 1024

/**
 * The mini-program's storage: 1 MiB for a key, 10 MiB in all, values as JSON.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
 */
export function createStorage(initial: Readonly<Record<string, unknown>> = {}): Storage {
  const entries = new Map(Object.entries(initial))

  function open(api: string) {
    if (storage.isBroken) throw new WxFailure(`${api}:fail file system error`)
  }
  function get(api: string, key: string): unknown {
    open(api)
    return structuredClone(entries.get(key))
  }
  function set(api: string, key: string, value: unknown) {
    open(api)
    const kept: unknown =
      typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value
    if (sizeOf(kept) > bytesPerEntry) throw new WxFailure(`${api}:fail entry size limit reached`)
    const others = [...entries].filter(([other]) => other !== key).map(([, other]) => sizeOf(other))
    const total = others.reduce((sum, size) => sum + size, sizeOf(kept))
    if (storage.isFull || total > bytesInAll) throw new WxFailure(`${api}:fail exceed storage max size 10Mb`)
    entries.set(key, kept)
  }
  function facts(api: string) {
    open(api)
    const bytes = [...entries.values()].reduce<number>((sum, value) => sum + sizeOf(value), 0)
    return { keys: [...entries.keys()], currentSize: Math.ceil(bytes / 1024), limitSize: bytesInAll / 1024 }
  }
  function drop(api: string, key?: string) {
    open(api)
    if (key === undefined) entries.clear()
    else entries.delete(key)
  }

  const storage: Storage = {
    entries,
    isFull: false,
    isBroken: false,
    wx: {
      // A key that is not there is an empty text here, and a failure there.
      getStorageSync: (key: string) => get('getStorageSync', key) ?? '',
      getStorage: ({ key }: { key: string }) => {
        const data = get('getStorage', key)
        if (data === undefined) throw new WxFailure('getStorage:fail data not found')
        return { data }
      },
      setStorageSync: (key: string, value: unknown) => set('setStorageSync', key, value),
      setStorage: ({ key, data }: { key: string; data: unknown }) => set('setStorage', key, data),
      removeStorageSync: (key: string) => drop('removeStorageSync', key),
      removeStorage: ({ key }: { key: string }) => drop('removeStorage', key),
      clearStorageSync: () => drop('clearStorageSync'),
      clearStorage: () => drop('clearStorage'),
      getStorageInfoSync: () => facts('getStorageInfoSync'),
      getStorageInfo: () => facts('getStorageInfo'),
    },
  }
  return storage
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}
