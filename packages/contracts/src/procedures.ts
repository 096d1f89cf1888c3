import type { z } from 'zod'
import { LoginInput, LoginOutput } from './schemas/login.ts'
import { Member } from './schemas/member.ts'
import {
  EmptyOutput,
  LoginCodeInput,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  SessionListOutput,
  TokenPair,
} from './schemas/session.ts'

/** What client and server agree on about one procedure. */
export interface ProcedureDeclaration {
  readonly type: 'query' | 'mutation'
  /** A procedure without an input schema takes no input. */
  readonly input?: z.ZodType
  /** Fields that the schema does not declare are stripped from the response. */
  readonly output: z.ZodType
  /** Whether a call needs the access token of a live session. The handler then receives that session. */
  readonly needsSession: boolean
  /** Whether a call that ends with a `Failure` is recorded in the audit log. */
  readonly auditsFailures: boolean
}

/** Declarations by name; a nested object is a nested router. */
export interface ProcedureDeclarations {
  readonly [name: string]: ProcedureDeclaration | ProcedureDeclarations
}

/** Every procedure of the API. Handlers, router, middleware and client types are derived from this object. */
export const procedures = {
  /** Exchanges the two one-time codes for an account, a session and its tokens. */
  login: {
    type: 'mutation',
    input: LoginInput,
    output: LoginOutput,
    needsSession: false,
    auditsFailures: true,
  },
  /** Returns the member behind the access token. */
  me: { type: 'query', output: Member, needsSession: true, auditsFailures: false },
  session: {
    /** Exchanges a login code with WeChat before the phone tap, and stores the result for the login. */
    prepare: {
      type: 'mutation',
      input: LoginCodeInput,
      output: PrepareOutput,
      needsSession: false,
      auditsFailures: true,
    },
    /** Logs a known member in with a login code alone. Throws `MEMBER_UNKNOWN` for every other account. */
    resume: {
      type: 'mutation',
      input: LoginCodeInput,
      output: LoginOutput,
      needsSession: false,
      auditsFailures: true,
    },
    /** Exchanges a refresh token for the next token pair. */
    renew: {
      type: 'mutation',
      input: RenewInput,
      output: TokenPair,
      needsSession: false,
      auditsFailures: true,
    },
    /** Lists the active sessions of the member. */
    list: { type: 'query', output: SessionListOutput, needsSession: true, auditsFailures: false },
    /** Ends one session of the member. */
    revoke: {
      type: 'mutation',
      input: RevokeInput,
      output: EmptyOutput,
      needsSession: true,
      auditsFailures: false,
    },
    /** Ends the session of the access token. */
    logout: { type: 'mutation', output: EmptyOutput, needsSession: true, auditsFailures: false },
    /** Ends every session of the member. */
    logoutEverywhere: { type: 'mutation', output: EmptyOutput, needsSession: true, auditsFailures: false },
  },
} as const satisfies ProcedureDeclarations
