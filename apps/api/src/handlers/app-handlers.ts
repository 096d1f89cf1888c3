import type { Handlers } from '@kinpass/contracts'
import type { SessionWithMember } from '../sessions/session-store.ts'

/** The handlers of this API: `ctx.auth` is the session with its member. */
export type AppHandlers = Handlers<SessionWithMember>
