import type { wxApi } from './wx-api.ts'

/** The name of a `wx` function that miniprogram-api-typings declares. */
export type WxName = keyof typeof wxApi

/** How a function of `wx` returns its result. See `wxApi`. */
export type WxApiKind = (typeof wxApi)[WxName]
