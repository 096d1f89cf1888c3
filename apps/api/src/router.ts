import { createAppRouter, type Handlers } from '@kinpass/contracts'
import type { AuditRefusals } from './audit/audit-failures.ts'
import { createLogin, type LoginParts } from './handlers/login.ts'
import { createMe } from './handlers/me.ts'
import { createEndSessions } from './handlers/session/end-sessions.ts'
import { createList } from './handlers/session/list.ts'
import { createPrepare } from './handlers/session/prepare.ts'
import { createRenew } from './handlers/session/renew.ts'
import { createResume } from './handlers/session/resume.ts'
import type { CallGate } from './http/concurrency-limiter.ts'
import { guardHandlers } from './middleware.ts'
import type { SessionLife } from './sessions/session-policy.ts'
import type { CurrentSession } from './tokens/authenticate.ts'
import type { RefreshTokens } from './tokens/refresh-token.ts'
import type { MakeTokenPair } from './tokens/token-pair.ts'

/** What the deeds are made of. */
export interface Parts extends LoginParts {
  currentSession: CurrentSession
  refreshTokens: RefreshTokens
  makeTokenPair: MakeTokenPair
  life: SessionLife
  clock: () => Date
  auditRefusals: AuditRefusals
  gate: CallGate
}

/** Binds the deeds to the contract. */
export function createRouter(parts: Parts) {
  const { auditRefusals, currentSession, dataKeys, gate, records } = parts
  const handlers: Handlers = {
    login: auditRefusals('login', createLogin(parts)),
    me: createMe(currentSession),
    session: {
      prepare: auditRefusals('session.prepare', createPrepare(parts)),
      resume: auditRefusals('session.resume', createResume(parts)),
      renew: auditRefusals('session.renew', createRenew({ ...parts, currentKeyId: dataKeys.currentId })),
      list: createList({ ...parts, sessions: records.sessions }),
      ...createEndSessions(parts),
    },
  }
  return createAppRouter(guardHandlers(handlers, gate))
}
