import { z } from 'zod'
import { Code } from './code.ts'
import { Member } from './member.ts'
import { TokenPair } from './session.ts'

export const LoginInput = z.strictObject({
  /** The login code from `wx.login`. */
  code: Code,
  /** The phone code from the phone button's event (`e.detail.code`). */
  phoneCode: Code,
  /** The name of a new member. A known member keeps the stored name. */
  nickName: z.string().trim().min(1).max(100).optional(),
})
export type LoginInput = z.infer<typeof LoginInput>

/** The tokens and the member of a login. */
export const LoginOutput = TokenPair.extend({
  nickName: z.string(),
  /** Whether this login created the account. */
  isNew: z.boolean(),
  member: Member,
})
export type LoginOutput = z.infer<typeof LoginOutput>
