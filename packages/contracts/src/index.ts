export type { ErrorData, InputIssue } from './error-data.ts'
export { Failure } from './failure.ts'
export { type FailureCode, failureCodes, failures, type Retry } from './failures.ts'
export { failureOf } from './format-error.ts'
export type { Handlers, RequestContext } from './handlers.ts'
export { type AppRouter, createAppRouter } from './router.ts'
export { LoginInput, LoginOutput } from './schemas/login.ts'
export { Member } from './schemas/member.ts'
export {
  Done,
  LoginCodeInput,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  Session,
  SessionListOutput,
  TokenPair,
} from './schemas/session.ts'
