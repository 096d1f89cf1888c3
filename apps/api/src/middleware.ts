import { Failure, type Handlers } from '@kinpass/contracts'
import { isDatabaseOutage } from './database/is-database-outage.ts'
import type { CallGate } from './http/concurrency-limiter.ts'

/** Stands before every deed: the gate's bound, and `SERVICE_UNAVAILABLE` where the database is away. */
export function guardHandlers(handlers: Handlers, gate: CallGate): Handlers {
  const guard = <Answer>(call: () => Promise<Answer>) => gate.pass(() => call().catch(throwMeaning))

  const { session } = handlers

  return {
    login: (input, context) => guard(() => handlers.login(input, context)),
    me: (context) => guard(() => handlers.me(context)),
    session: {
      prepare: (input, context) => guard(() => session.prepare(input, context)),
      resume: (input, context) => guard(() => session.resume(input, context)),
      renew: (input, context) => guard(() => session.renew(input, context)),
      list: (context) => guard(() => session.list(context)),
      revoke: (input, context) => guard(() => session.revoke(input, context)),
      logout: (context) => guard(() => session.logout(context)),
      logoutEverywhere: (context) => guard(() => session.logoutEverywhere(context)),
    },
  }
}

function throwMeaning(cause: unknown): never {
  throw isDatabaseOutage(cause) ? new Failure('SERVICE_UNAVAILABLE', { cause }) : cause
}
