import { z } from 'zod'
import { Code } from './code.ts'

/** A login code without a phone code: prepares a login, or resumes a known member's. */
export const LoginCodeInput = z.strictObject({ code: Code })
export type LoginCodeInput = z.infer<typeof LoginCodeInput>

/** The two tokens of a session. */
export const TokenPair = z.object({
  /** A JWT for the `authorization` header. */
  token: z.string(),
  /** Seconds from now until `token` expires. */
  expiresInSeconds: z.int().positive(),
  /** Opaque. Valid for one renewal, which returns the next one. */
  refreshToken: z.string(),
})
export type TokenPair = z.infer<typeof TokenPair>

export const PrepareOutput = z.object({
  /** Seconds within which a login with this code still costs no second exchange. */
  keptForSeconds: z.int().positive(),
})
export type PrepareOutput = z.infer<typeof PrepareOutput>

export const RenewInput = z.strictObject({ refreshToken: z.string().min(1).max(256) })
export type RenewInput = z.infer<typeof RenewInput>

/** One session of the member's list. */
export const ActiveSession = z.object({
  id: z.uuid(),
  /** The device's own name; null where the app sent none. */
  deviceName: z.string().nullable(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** ISO 8601, UTC, as of the last renewal. */
  lastUsedAt: z.iso.datetime(),
  /** Whether it is the session of the request's access token. */
  isCurrent: z.boolean(),
})
export type ActiveSession = z.infer<typeof ActiveSession>

/** The most recently used session first. */
export const SessionListOutput = z.object({ sessions: z.array(ActiveSession) })
export type SessionListOutput = z.infer<typeof SessionListOutput>

export const RevokeInput = z.strictObject({ id: z.uuid() })
export type RevokeInput = z.infer<typeof RevokeInput>

/** Always empty, so a caller cannot probe for session ids. */
export const EmptyOutput = z.object({})
export type EmptyOutput = z.infer<typeof EmptyOutput>
