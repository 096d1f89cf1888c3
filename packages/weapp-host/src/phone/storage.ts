import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import { WxError } from '../runtime/wx-error.ts'

/** `wx.setStorage` and the related functions, in memory. */
export interface Storage {
  readonly wx: WxStubs
  /** The stored values by key. A test may set and delete entries. */
  readonly entries: Map<string, unknown>
  /** True: every write fails. */
  isFull: boolean
  /** True: every read and write fails. */
  isBroken: boolean
}

const MAX_ENTRY_BYTES = 1024 * 1024
const MAX_TOTAL_BYTES = 10 * 1024 * 1024

/**
 * Creates a storage with WeChat's limits: 1 MiB per key, 10 MiB in total, objects stored as JSON.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
 */
export function createStorage(initial: Readonly<Record<string, unknown>> = {}): Storage {
  const entries = new Map(Object.entries(initial))

  function assertNotBroken(api: string) {
    if (storage.isBroken) throw new WxError(`${api}:fail file system error`)
  }
  function get(api: string, key: string): unknown {
    assertNotBroken(api)
    return structuredClone(entries.get(key))
  }
  function set(api: string, key: string, value: unknown) {
    assertNotBroken(api)
    const stored: unknown =
      typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value
    if (getByteLength(stored) > MAX_ENTRY_BYTES) throw new WxError(`${api}:fail entry size limit reached`)
    const others = [...entries].filter(([other]) => other !== key).map(([, other]) => getByteLength(other))
    const total = others.reduce((sum, size) => sum + size, getByteLength(stored))
    if (storage.isFull || total > MAX_TOTAL_BYTES)
      throw new WxError(`${api}:fail exceed storage max size 10Mb`)
    entries.set(key, stored)
  }
  function getInfo(api: string) {
    assertNotBroken(api)
    const bytes = [...entries.values()].reduce<number>((sum, value) => sum + getByteLength(value), 0)
    return {
      keys: [...entries.keys()],
      currentSize: Math.ceil(bytes / 1024),
      limitSize: MAX_TOTAL_BYTES / 1024,
    }
  }
  function remove(api: string, key?: string) {
    assertNotBroken(api)
    if (key === undefined) entries.clear()
    else entries.delete(key)
  }

  const storage: Storage = {
    entries,
    isFull: false,
    isBroken: false,
    wx: {
      // For a missing key, getStorageSync returns an empty string and getStorage fails.
      getStorageSync: (key: string) => get('getStorageSync', key) ?? '',
      getStorage: ({ key }: { key: string }) => {
        const data = get('getStorage', key)
        if (data === undefined) throw new WxError('getStorage:fail data not found')
        return { data }
      },
      setStorageSync: (key: string, value: unknown) => set('setStorageSync', key, value),
      setStorage: ({ key, data }: { key: string; data: unknown }) => set('setStorage', key, data),
      removeStorageSync: (key: string) => remove('removeStorageSync', key),
      removeStorage: ({ key }: { key: string }) => remove('removeStorage', key),
      clearStorageSync: () => remove('clearStorageSync'),
      clearStorage: () => remove('clearStorage'),
      getStorageInfoSync: () => getInfo('getStorageInfoSync'),
      getStorageInfo: () => getInfo('getStorageInfo'),
    },
  }
  return storage
}

function getByteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}
