export { Failure, type FailureCode, failureCodes, failures, type Retry } from './failures.ts'
export { type ErrorData, type InputIssue, toFailureCode } from './format-error.ts'
export type { Handler, HandlerContext, Handlers, RequestContext } from './handlers.ts'
export { type ProcedureDeclaration, type ProcedureDeclarations, procedures } from './procedures.ts'
export { type AppRouter, type Call, type CallMiddleware, createAppRouter } from './router.ts'
export { LoginInput, LoginOutput } from './schemas/login.ts'
export { Member } from './schemas/member.ts'
export {
  ActiveSession,
  EmptyOutput,
  LoginCodeInput,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  SessionListOutput,
  TokenPair,
} from './schemas/session.ts'
