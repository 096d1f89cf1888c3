import { initTRPC } from '@trpc/server'
import { formatError, toTrpcError } from './format-error.ts'
import type { Handlers, RequestContext } from './handlers.ts'
import { LoginInput, LoginOutput } from './schemas/login.ts'
import { Member } from './schemas/member.ts'
import {
  Done,
  LoginCodeInput,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  SessionListOutput,
  TokenPair,
} from './schemas/session.ts'

const t = initTRPC.context<RequestContext>().create({ isDev: false, errorFormatter: formatError })

/** Every procedure: a handler's `Failure` leaves with the HTTP status that the table of failures names. */
const procedure = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw toTrpcError(result.error)
  return result
})

/** Binds handlers to the wire: names, inputs and outputs stand here and nowhere else. */
export function createAppRouter(handlers: Handlers) {
  const { session } = handlers
  return t.router({
    login: procedure
      .input(LoginInput)
      .output(LoginOutput)
      .mutation(({ input, ctx }) => handlers.login(input, ctx)),
    me: procedure.output(Member).query(({ ctx }) => handlers.me(ctx)),
    session: t.router({
      prepare: procedure
        .input(LoginCodeInput)
        .output(PrepareOutput)
        .mutation(({ input, ctx }) => session.prepare(input, ctx)),
      resume: procedure
        .input(LoginCodeInput)
        .output(LoginOutput)
        .mutation(({ input, ctx }) => session.resume(input, ctx)),
      renew: procedure
        .input(RenewInput)
        .output(TokenPair)
        .mutation(({ input, ctx }) => session.renew(input, ctx)),
      list: procedure.output(SessionListOutput).query(({ ctx }) => session.list(ctx)),
      revoke: procedure
        .input(RevokeInput)
        .output(Done)
        .mutation(({ input, ctx }) => session.revoke(input, ctx)),
      logout: procedure.output(Done).mutation(({ ctx }) => session.logout(ctx)),
      logoutEverywhere: procedure.output(Done).mutation(({ ctx }) => session.logoutEverywhere(ctx)),
    }),
  })
}

/** The API's type: all that the mini-program imports of it. */
export type AppRouter = ReturnType<typeof createAppRouter>
