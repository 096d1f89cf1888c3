import { z } from 'zod'

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
