import { Failure, type Handlers } from '@kinpass/contracts'
import type { CallGate } from './call-gate.ts'
import { isDatabaseOutage } from './database/is-database-outage.ts'

/** Stands before every deed: the gate's bound, and `SERVICE_UNAVAILABLE` where the database is away. */
export function guardHandlers(handlers: Handlers, gate: CallGate): Handlers {
  const { login, me, session } = handlers

  const guard =
    <Given extends unknown[], Answer>(deed: (...given: Given) => Promise<Answer>) =>
    (...given: Given) =>
      gate.pass(() => deed(...given).catch(throwMeaning))

  return {
    login: guard(login),
    me: guard(me),
    session: {
      prepare: guard(session.prepare),
      resume: guard(session.resume),
      renew: guard(session.renew),
      list: guard(session.list),
      revoke: guard(session.revoke),
      logout: guard(session.logout),
      logoutEverywhere: guard(session.logoutEverywhere),
    },
  }
}

function throwMeaning(cause: unknown): never {
  throw isDatabaseOutage(cause) ? new Failure('SERVICE_UNAVAILABLE', { cause }) : cause
}
