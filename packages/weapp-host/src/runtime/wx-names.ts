import type { wxApi } from './wx-api.ts'

/** A function of `wx` that miniprogram-api-typings declares. */
export type WxName = keyof typeof wxApi

/** How a function of `wx` answers, see `wxApi`. */
export type WxApiKind = (typeof wxApi)[WxName]
