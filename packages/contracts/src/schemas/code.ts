import { z } from 'zod'

/** A one-time code from `wx.login` or from WeChat's phone button: opaque, valid for five minutes. */
export const Code = z.string().trim().min(1).max(512)
