import { initTRPC } from '@trpc/server'
import { formatError, toTrpcError } from './format-error.ts'
import { LoginInput, LoginOutput, Member } from './schemas.ts'

/** What a handler is told about the call beside its input. */
export interface RequestContext {
  /** Stands in the log and in the answer of a failed call. */
  readonly requestId: string
  /** The `authorization` header, as it came. */
  readonly authorization: string | undefined
}

/** The deeds behind the procedures: plain functions that know no tRPC and throw `Failure`. */
export interface Handlers {
  /** Turns the two one-time codes into an account and a token. */
  login(input: LoginInput, context: RequestContext): Promise<LoginOutput>
  /** Tells whose token it is. */
  me(context: RequestContext): Promise<Member>
}

const t = initTRPC.context<RequestContext>().create({ isDev: false, errorFormatter: formatError })

/** Every procedure: a handler's `Failure` leaves with the HTTP status that the table of failures names. */
const procedure = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw toTrpcError(result.error)
  return result
})

/** Binds handlers to the wire: names, inputs and outputs stand here and nowhere else. */
export function createAppRouter(handlers: Handlers) {
  return t.router({
    login: procedure
      .input(LoginInput)
      .output(LoginOutput)
      .mutation(({ input, ctx }) => handlers.login(input, ctx)),
    me: procedure.output(Member).query(({ ctx }) => handlers.me(ctx)),
  })
}

/** The API's type: all that the mini-program imports of it. */
export type AppRouter = ReturnType<typeof createAppRouter>
