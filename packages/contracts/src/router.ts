import {
  getTRPCErrorFromUnknown,
  initTRPC,
  type TRPCMutationProcedure,
  type TRPCQueryProcedure,
  type TRPCRouterRecord,
} from '@trpc/server'
import type { z } from 'zod'
import { formatError, toTrpcError } from './format-error.ts'
import type { Handlers, RequestContext } from './handlers.ts'
import { type ProcedureDeclaration, type ProcedureDeclarations, procedures } from './procedures.ts'

/** A call on its way to the handler. */
export interface Call {
  /** The name of the procedure: `session.renew`. */
  readonly path: string
  readonly declaration: ProcedureDeclaration
  readonly ctx: RequestContext
}

/** Runs around every call. `next` rejects with the error of input validation, `authenticate`, handler or output validation. */
export type CallMiddleware = <Result>(call: Call, next: () => Promise<Result>) => Promise<Result>

const t = initTRPC.context<RequestContext>().create({ isDev: false, errorFormatter: formatError })

/**
 * Builds the tRPC router from the declarations.
 *
 * Order of a call: `middleware`, input schema, `authenticate` where the procedure needs a session, handler, output
 * schema. A `Failure` becomes the tRPC error that the failure table names.
 */
export function createAppRouter<Auth>({
  handlers,
  authenticate,
  middleware = (_call, next) => next(),
}: {
  handlers: Handlers<Auth>
  authenticate: (ctx: RequestContext) => Promise<Auth>
  middleware?: CallMiddleware
}) {
  return t.router(bind(procedures, handlers) as RouterRecord<typeof procedures>) // The loop below mirrors the type.

  function bind(declarations: ProcedureDeclarations, group: object): TRPCRouterRecord {
    const entries = Object.entries(declarations).map(([name, declaration]) => {
      const handler: unknown = group[name as keyof typeof group] // `Handlers` has every declared name.
      return isDeclaration(declaration)
        ? [name, toProcedure(declaration, handler as AnyHandler)]
        : [name, bind(declaration, handler as object)]
    })
    return Object.fromEntries(entries)
  }

  function toProcedure(declaration: ProcedureDeclaration, handler: AnyHandler) {
    const { input, output, needsSession, type } = declaration
    const around = t.procedure.use(async ({ path, ctx, next }) => {
      try {
        return await middleware({ path, declaration, ctx }, async () => {
          const result = await next()
          if (result.ok) return result
          const { error } = result
          throw error.code === 'INTERNAL_SERVER_ERROR' ? (error.cause ?? error) : error // tRPC wraps what was thrown.
        })
      } catch (error) {
        throw toTrpcError(getTRPCErrorFromUnknown(error))
      }
    })
    // The builder's type follows the schema, which is known to `Handlers` only.
    const parsed = (input ? around.input(input) : around) as typeof around
    return parsed.output(output)[type](async ({ input, ctx }) => {
      // A step of the resolver: as a tRPC middleware it would add a third to the router's CPU per call.
      const auth = needsSession ? { auth: await authenticate(ctx) } : undefined
      const { authorization: _, ...context } = ctx
      return await handler({ input, ctx: Object.assign(context, auth) })
    })
  }
}

/** The API's type: the only import of the mini-program from this package. */
export type AppRouter = ReturnType<typeof createAppRouter>

/** A handler as the loop sees it: its types are checked by `Handlers`. */
type AnyHandler = (call: { input: unknown; ctx: object }) => Promise<unknown>

type RouterRecord<Declarations extends ProcedureDeclarations> = {
  [Name in keyof Declarations]: Declarations[Name] extends ProcedureDeclaration
    ? Procedure<Declarations[Name]>
    : Declarations[Name] extends ProcedureDeclarations
      ? RouterRecord<Declarations[Name]>
      : never
}

type Procedure<Declaration extends ProcedureDeclaration> = Declaration['type'] extends 'query'
  ? TRPCQueryProcedure<ProcedureTypes<Declaration>>
  : TRPCMutationProcedure<ProcedureTypes<Declaration>>

type ProcedureTypes<Declaration extends ProcedureDeclaration> = {
  // biome-ignore lint/suspicious/noConfusingVoidType: tRPC's own type of "takes no input".
  input: Declaration extends { input: z.ZodType } ? z.input<Declaration['input']> : void
  output: z.output<Declaration['output']>
  meta: object
}

function isDeclaration(value: ProcedureDeclaration | ProcedureDeclarations): value is ProcedureDeclaration {
  return typeof value.type === 'string'
}
