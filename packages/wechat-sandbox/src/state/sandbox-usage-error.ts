export type SandboxUsageCode =
  | 'UNKNOWN_PERSON'
  | 'UNKNOWN_PHONE'
  | 'UNKNOWN_APP'
  | 'NAME_TAKEN'
  | 'NO_PHONE_CODE'
  | 'NO_PUSH'
  | 'INVALID_PHONE'
  | 'INVALID_INPUT'
  | 'TOO_LARGE'
  | 'WRONG_METHOD'
  | 'FOREIGN_ORIGIN'
  | 'NOT_FOUND'

/** The caller of the sandbox passed something invalid; the message names the fix. */
export class SandboxUsageError extends Error {
  override readonly name = 'SandboxUsageError'
  readonly code: SandboxUsageCode

  constructor(code: SandboxUsageCode, message: string) {
    super(message)
    this.code = code
  }
}
