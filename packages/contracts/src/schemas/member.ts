import { z } from 'zod'

/** A member as the member may see it. */
export const Member = z.object({
  /** A 64-bit id as a decimal string. */
  id: z.string().regex(/^\d{1,19}$/),
  nickName: z.string(),
  /** https URL of the picture; null where the app shows its default avatar. */
  avatar: z.string().nullable(),
  gender: z.enum(['male', 'female']).nullable(),
  /** The first and last digits of the phone number: `138****6666`. */
  maskedPhone: z.string(),
  /** ISO 8601, UTC. */
  joinedAt: z.iso.datetime(),
})
export type Member = z.infer<typeof Member>
