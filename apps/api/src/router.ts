import { createAppRouter, type Handlers } from '@kinpass/contracts'
import { createMe } from './account/me.ts'
import type { AuditRefusals } from './audit/audit-refusals.ts'
import type { CallGate } from './call-gate.ts'
import { guardHandlers } from './guard-handlers.ts'
import { createLogin, type LoginParts } from './login/login.ts'
import type { CurrentSession } from './session/current-session.ts'
import { createEndSessions } from './session/end-sessions.ts'
import { createList } from './session/list.ts'
import { createPrepare } from './session/prepare.ts'
import type { RefreshTokens } from './session/refresh-token.ts'
import { createRenew } from './session/renew.ts'
import { createResume } from './session/resume.ts'
import type { SessionLife } from './session/session-life.ts'
import type { MakeTokenPair } from './session/token-pair.ts'

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
