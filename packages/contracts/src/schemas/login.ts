import { z } from 'zod'
import { Code } from './code.ts'
import { Member } from './member.ts'
import { TokenPair } from './session.ts'

export const LoginInput = z.strictObject({
  /** The code of `wx.login`. */
  code: Code,
  /** The code of the phone button's event (`e.detail.code`). */
  phoneCode: Code,
  /** What a person new to us wants to be called; a known member keeps the name. */
  nickName: z.string().trim().min(1).max(100).optional(),
})
export type LoginInput = z.infer<typeof LoginInput>

/** What a person holds once logged in. */
export const LoginOutput = TokenPair.extend({
  nickName: z.string(),
  /** True when this login made the account. */
  isNew: z.boolean(),
  member: Member,
})
export type LoginOutput = z.infer<typeof LoginOutput>
