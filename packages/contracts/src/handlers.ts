import type { z } from 'zod'
import type { ProcedureDeclaration, ProcedureDeclarations, procedures } from './procedures.ts'

/** What the transport knows about a call besides its input. */
export interface RequestContext {
  /** Written to the log and returned with a failed call. */
  readonly requestId: string
  /** The `authorization` header as received. */
  readonly authorization: string | undefined
  /** `x-installation-id`: the random id of an installed app; empty when the header is missing. */
  readonly installationId: string
  /** `x-device-name`, decoded: the device's own name. */
  readonly deviceName: string | undefined
  /** The client's IP address. */
  readonly address: string
}

/** The context as handlers see it, without the credential: they receive the session that `authenticate` found. */
export type HandlerContext = Omit<RequestContext, 'authorization'>

/** Implements one procedure: a plain function without tRPC, which throws `Failure`. */
export type Handler<Declaration extends ProcedureDeclaration, Auth> = (
  call: (Declaration extends { input: z.ZodType } ? { input: z.output<Declaration['input']> } : unknown) & {
    ctx: Declaration['needsSession'] extends true ? HandlerContext & { auth: Auth } : HandlerContext
  },
) => Promise<z.output<Declaration['output']>>

/** One handler per declared procedure, nested like the declarations. `Auth` is what `authenticate` returns. */
export type Handlers<Auth, Declarations extends ProcedureDeclarations = typeof procedures> = {
  readonly [Name in keyof Declarations]: Declarations[Name] extends ProcedureDeclaration
    ? Handler<Declarations[Name], Auth>
    : Declarations[Name] extends ProcedureDeclarations
      ? Handlers<Auth, Declarations[Name]>
      : never
}
