import type { LoginInput, LoginOutput } from './schemas/login.ts'
import type { Member } from './schemas/member.ts'
import type {
  Done,
  LoginCodeInput,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  SessionListOutput,
  TokenPair,
} from './schemas/session.ts'

/** What a handler is told about the call beside its input. */
export interface RequestContext {
  /** Stands in the log and in the answer of a failed call. */
  readonly requestId: string
  /** The `authorization` header, as it came. */
  readonly authorization: string | undefined
  /** The random id that an installed app keeps and sends as `x-installation-id`; empty where none came. */
  readonly installationId: string
  /** What the device calls itself, from `x-device-name` (URI-encoded on the wire). */
  readonly deviceName: string | undefined
  /** The caller's IP address. */
  readonly address: string
}

/** The deeds behind the procedures: plain functions that know no tRPC and throw `Failure`. */
export interface Handlers {
  /** Turns the two one-time codes into an account, a session and its tokens. */
  login(input: LoginInput, context: RequestContext): Promise<LoginOutput>
  /** Tells whose token it is. */
  me(context: RequestContext): Promise<Member>
  readonly session: {
    /** Exchanges a login code ahead of the phone tap and keeps the answer. */
    prepare(input: LoginCodeInput, context: RequestContext): Promise<PrepareOutput>
    /** Lets a known member in with a login code alone. Throws `MEMBER_UNKNOWN` for everyone else. */
    resume(input: LoginCodeInput, context: RequestContext): Promise<LoginOutput>
    /** Trades a refresh token for the next pair. */
    renew(input: RenewInput, context: RequestContext): Promise<TokenPair>
    list(context: RequestContext): Promise<SessionListOutput>
    /** Ends one session of the member who asks. */
    revoke(input: RevokeInput, context: RequestContext): Promise<Done>
    /** Ends the session that asks. */
    logout(context: RequestContext): Promise<Done>
    /** Ends every session of the member who asks. */
    logoutEverywhere(context: RequestContext): Promise<Done>
  }
}
