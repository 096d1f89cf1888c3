import { z } from 'zod'

/** A code of `wx.login` or of WeChat's phone button: opaque, once, five minutes. */
const Code = z.string().trim().min(1).max(512)

export const LoginInput = z.strictObject({
  /** The code of `wx.login`. */
  code: Code,
  /** The code of the phone button's event (`e.detail.code`). */
  phoneCode: Code,
  /** What a person new to us wants to be called; a known member keeps the name. */
  nickName: z.string().trim().min(1).max(100).optional(),
})
export type LoginInput = z.infer<typeof LoginInput>

/** Who is there, as the person may see themselves. */
export const Member = z.object({
  /** A 64-bit id as a decimal string. */
  id: z.string().regex(/^\d{1,19}$/),
  nickName: z.string(),
  /** https address of a picture; null where the app draws its own. */
  avatar: z.string().nullable(),
  gender: z.enum(['male', 'female']).nullable(),
  /** Only the ends of the number: `138****6666`. */
  maskedPhone: z.string(),
  /** ISO 8601, UTC. */
  joinedAt: z.iso.datetime(),
})
export type Member = z.infer<typeof Member>

export const LoginOutput = z.object({
  /** A JWT for the `authorization` header. */
  token: z.string(),
  /** Seconds from now until the token ends. */
  expiresInSeconds: z.int().positive(),
  nickName: z.string(),
  /** True when this login made the account. */
  isNew: z.boolean(),
  member: Member,
})
export type LoginOutput = z.infer<typeof LoginOutput>
