import { z } from 'zod'

/** A code of `wx.login` or of WeChat's phone button: opaque, once, five minutes. */
export const Code = z.string().trim().min(1).max(512)
