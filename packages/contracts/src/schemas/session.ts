import { z } from 'zod'
import { Code } from './code.ts'

/** A login code alone: enough to prepare a login, or to let a known member in without a phone tap. */
export const LoginCodeInput = z.strictObject({ code: Code })
export type LoginCodeInput = z.infer<typeof LoginCodeInput>

/** The two tokens of a session. */
export const TokenPair = z.object({
  /** A JWT for the `authorization` header. */
  token: z.string(),
  /** Seconds from now until `token` ends. */
  expiresInSeconds: z.int().positive(),
  /** Opaque. Good for one renewal, which hands out the next one. */
  refreshToken: z.string(),
})
export type TokenPair = z.infer<typeof TokenPair>

export const PrepareOutput = z.object({
  /** How long the login may wait for the phone tap, in seconds, before a fresh code is wanted. */
  keptForSeconds: z.int().positive(),
})
export type PrepareOutput = z.infer<typeof PrepareOutput>

export const RenewInput = z.strictObject({ refreshToken: z.string().min(1).max(256) })
export type RenewInput = z.infer<typeof RenewInput>

/** One place where the member is logged in. */
export const Session = z.object({
  id: z.uuid(),
  /** What the device calls itself; null where it said nothing. */
  deviceName: z.string().nullable(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** ISO 8601, UTC, as of the last renewal. */
  lastUsedAt: z.iso.datetime(),
  /** The session of the token that asks. */
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** Last used first. */
export const SessionListOutput = z.object({ sessions: z.array(Session) })
export type SessionListOutput = z.infer<typeof SessionListOutput>

export const RevokeInput = z.strictObject({ id: z.uuid() })
export type RevokeInput = z.infer<typeof RevokeInput>

/** Says nothing: whether a session existed is nobody's business but its owner's. */
export const Done = z.object({})
export type Done = z.infer<typeof Done>
